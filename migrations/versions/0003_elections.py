"""Elections, parties and coalitions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "election",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "parliamentary",
                "local",
                "presidential",
                name="electionkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("second_round_on", sa.Date(), nullable=True),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
        sa.UniqueConstraint("code", name=op.f("uq_election_code")),
    )
    op.create_index(op.f("ix_election_country"), "election", ["country"], unique=False)
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "party",
                "coalition",
                "list",
                "civic_initiative",
                "independent_list",
                "independent",
                name="partykind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("search_words", sa.Text(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("code", name=op.f("uq_party_code")),
    )
    op.create_index(op.f("ix_party_country"), "party", ["country"], unique=False)
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_candidate_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_candidate_party_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_candidate_place_id_place")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint(
            "election_id", "place_id", "name", name=op.f("uq_candidate_election_id_place_id_name")
        ),
    )
    op.create_index(op.f("ix_candidate_party_id"), "candidate", ["party_id"], unique=False)
    op.create_index(op.f("ix_candidate_place_id"), "candidate", ["place_id"], unique=False)
    op.create_table(
        "party_member",
        sa.Column("coalition_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coalition_id"], ["party.id"], name=op.f("fk_party_member_coalition_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["party.id"], name=op.f("fk_party_member_member_id_party")
        ),
        sa.PrimaryKeyConstraint("coalition_id", "member_id", name=op.f("pk_party_member")),
    )
    op.create_index(op.f("ix_party_member_member_id"), "party_member", ["member_id"], unique=False)
    op.create_table(
        "stood",
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_stood_election_id_election")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_stood_party_id_party")),
        sa.PrimaryKeyConstraint("party_id", "election_id", name=op.f("pk_stood")),
    )
    op.create_index(op.f("ix_stood_election_id"), "stood", ["election_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_stood_election_id"), table_name="stood")
    op.drop_table("stood")
    op.drop_index(op.f("ix_party_member_member_id"), table_name="party_member")
    op.drop_table("party_member")
    op.drop_index(op.f("ix_candidate_place_id"), table_name="candidate")
    op.drop_index(op.f("ix_candidate_party_id"), table_name="candidate")
    op.drop_table("candidate")
    op.drop_index(op.f("ix_party_country"), table_name="party")
    op.drop_table("party")
    op.drop_index(op.f("ix_election_country"), table_name="election")
    op.drop_table("election")
