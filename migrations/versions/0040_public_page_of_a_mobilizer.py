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
    # An index, because SQLite would make the table anew for a constraint.
    op.create_index("uq_user_public_page", "user", ["public_page"], unique=True)


def downgrade() -> None:
    """Forget them."""
    op.drop_index("uq_user_public_page", table_name="user")
    op.drop_column("user", "public_page")
