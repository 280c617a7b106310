"""A mobilizer may have a public page under her alias; nobody has one until she wants it."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let her have an address."""
    op.add_column("user", sa.Column("public_page", sa.String(length=80), nullable=True))
    with op.batch_alter_table("user") as table:
        table.create_unique_constraint(op.f("uq_user_public_page"), ["public_page"])


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("user") as table:
        table.drop_constraint(op.f("uq_user_public_page"), type_="unique")
        table.drop_column("public_page")
