"""Part of the directory room: all its tables under one roof, shaped like Open Referral's HSDS 3.x.

It must never know a survivor: nothing here says who was told about whom.
"""

from directory.models_base import OURS, Base, Record
from directory.models_details import (
    Contact,
    CostOption,
    Language,
    Phone,
    RequiredDocument,
    Schedule,
    ServiceArea,
    ServiceCapacity,
    Unit,
)
from directory.models_partners import (
    Accessibility,
    Address,
    Funding,
    Location,
    Organization,
    OrganizationIdentifier,
    Program,
    Service,
    ServiceAtLocation,
    ServiceStatus,
    Url,
)
from directory.models_terms import Attribute, Change, Taxonomy, TaxonomyTerm

__all__ = [
    "OURS",
    "Accessibility",
    "Address",
    "Attribute",
    "Base",
    "Change",
    "Contact",
    "CostOption",
    "Funding",
    "Language",
    "Location",
    "Organization",
    "OrganizationIdentifier",
    "Phone",
    "Program",
    "Record",
    "RequiredDocument",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "ServiceCapacity",
    "ServiceStatus",
    "Taxonomy",
    "TaxonomyTerm",
    "Unit",
    "Url",
]
