"""Public requests: what anybody sends about a promise, and how many days a cycle has to answer."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

KINDS = ("question", "correction", "evidence")
STATES = ("received", "answered", "declined", "spam")


def upgrade() -> None:
    """Make the table; every cycle there is gets the usual days."""
    op.add_column(
        "cycle", sa.Column("answer_days", sa.Integer(), nullable=False, server_default="15")
    )
    op.create_table(
        "public_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("kind", _words(KINDS, "requestkind"), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("is_worked", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", _words(STATES, "requeststate"), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("answer_language", sa.String(length=8), nullable=False),
        sa.Column("summary", sa.String(length=400), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user.id"], name=op.f("fk_public_request_closed_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_public_request_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_request")),
        sa.UniqueConstraint("number", name=op.f("uq_public_request_number")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_public_request_token_hash")),
    )
    op.create_index(op.f("ix_public_request_promise_id"), "public_request", ["promise_id"])
    op.create_index("ix_public_request_state_answer_by", "public_request", ["state", "answer_by"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("public_request")
    op.drop_column("cycle", "answer_days")


def _words(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
