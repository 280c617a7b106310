"""A tip may carry a photo: the name of its redrawn copy, which lies in the private store."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has sent one yet."""
    column = sa.Column("photo", sa.String(length=80), nullable=False, server_default="")
    op.add_column("public_request", column)


def downgrade() -> None:
    """Forget which photo is whose; the files stay, in a folder that nobody reads."""
    op.drop_column("public_request", "photo")
