"""Part of the directory room: taxonomies, what they are attached to, and the record of changes.

It must never know a survivor: changes name a record, a field and who changed it.
"""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.models_base import Record, reference


class Taxonomy(Record):
    """A set of terms."""

    __tablename__ = "taxonomy"
    hsds_name = "taxonomy"

    name: Mapped[str]
    description: Mapped[str]
    uri: Mapped[str | None]
    version: Mapped[str | None]


class TaxonomyTerm(Record):
    """A term; in our taxonomies (vocabulary.py) its `code` is what the code goes by."""

    __tablename__ = "taxonomy_term"
    hsds_name = "taxonomy_term"
    __table_args__ = (Index("ix_taxonomy_term_taxonomy_code", "taxonomy", "code"),)

    code: Mapped[str | None] = mapped_column(String(255))
    name: Mapped[str]
    description: Mapped[str]
    parent_id: Mapped[str | None] = reference("taxonomy_term")
    taxonomy: Mapped[str | None] = mapped_column(String(255))
    language: Mapped[str | None]
    taxonomy_id: Mapped[str | None] = reference("taxonomy")
    term_uri: Mapped[str | None]

    taxonomy_detail: Mapped[Taxonomy | None] = relationship()


class Attribute(Record):
    """A term attached to a record: `link_entity` is that record's HSDS table, `link_id` its id."""

    __tablename__ = "attribute"
    hsds_name = "attribute"
    __table_args__ = (Index("ix_attribute_link", "link_id", "link_entity"),)

    link_id: Mapped[str] = mapped_column(String(36))
    link_entity: Mapped[str] = mapped_column(String(64))
    taxonomy_term_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("taxonomy_term.id", ondelete="CASCADE"), index=True
    )
    link_type: Mapped[str | None]
    value: Mapped[str | None]
    label: Mapped[str | None]

    taxonomy_term: Mapped[TaxonomyTerm] = relationship()


class Change(Record):
    """HSDS `metadata`: who changed which field of which record, when, from what to what (D11).

    HSDS keeps the day only; our ids are UUIDv7, so rows sorted by id stand in order of time.
    """

    __tablename__ = "hsds_metadata"
    hsds_name = "metadata"
    __table_args__ = (Index("ix_hsds_metadata_resource", "resource_id", "resource_type"),)

    resource_id: Mapped[str] = mapped_column(String(36))
    resource_type: Mapped[str] = mapped_column(String(64))
    last_action_date: Mapped[date]
    last_action_type: Mapped[str] = mapped_column(String(32))
    field_name: Mapped[str]
    previous_value: Mapped[str]
    replacement_value: Mapped[str]
    updated_by: Mapped[str]
