"""Published answers in a table of their own: what people send changes nothing that is public."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KINDS = ("question", "correction", "evidence")
COPY = """
INSERT INTO published_answer (
    request_id, promise_id, kind, question, question_language, is_quoted, url,
    answer, answer_language, published_at
)
SELECT id, promise_id, kind,
    CASE WHEN summary = '' THEN text ELSE summary END,
    CASE WHEN summary = '' THEN language ELSE answer_language END,
    summary = '',
    CASE WHEN summary = '' THEN url ELSE '' END,
    answer, answer_language, published_at
FROM public_request WHERE published_at IS NOT NULL
"""
RETURN = """
UPDATE public_request SET
    published_at = shown.published_at,
    answer = shown.answer,
    answer_language = shown.answer_language,
    text = CASE WHEN shown.is_quoted THEN shown.question ELSE public_request.text END,
    url = CASE WHEN shown.is_quoted THEN shown.url ELSE public_request.url END,
    summary = CASE WHEN shown.is_quoted THEN '' ELSE shown.question END
FROM published_answer AS shown WHERE shown.request_id = public_request.id
"""


def upgrade() -> None:
    """Copy what is public, and keep it nowhere else."""
    op.create_table(
        "published_answer",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS, name="requestkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("question", sa.String(length=2000), nullable=False),
        sa.Column("question_language", sa.String(length=8), nullable=False),
        sa.Column("is_quoted", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("answer_language", sa.String(length=8), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_published_answer_promise_id_promise")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["public_request.id"],
            name=op.f("fk_published_answer_request_id_public_request"),
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_published_answer")),
    )
    op.create_index(op.f("ix_published_answer_promise_id"), "published_answer", ["promise_id"])
    op.execute(COPY)
    op.drop_column("public_request", "published_at")


def downgrade() -> None:
    """Put it back into the requests."""
    op.add_column(
        "public_request", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.execute(RETURN)
    op.drop_table("published_answer")
