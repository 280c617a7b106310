"""A handover names the form by which it passed on with others: sent twice, it is known again.

What was handed over before names none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the form be named."""
    sending = sa.Column("sending", sa.String(length=32), nullable=False, server_default="")
    op.add_column("handover", sending)
    op.create_index("ix_handover_sending", "handover", ["sending"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index("ix_handover_sending", "handover")
    op.drop_column("handover", "sending")
