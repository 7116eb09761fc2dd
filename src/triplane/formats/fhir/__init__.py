"""A runner's hips for a clinic, as a FHIR R4B bundle, and what was measured back out of one.

Speaks:  write_bundle, read_bundle, is_bundle, clinic_key.      Knows: coach, assessment, history, errors.      Never: who may have a plan, codes of other systems made up.
"""

from triplane.formats.fhir.reading import Brought, BundleRead, clinic_key, is_bundle, read_bundle
from triplane.formats.fhir.writing import write_bundle

__all__ = ["Brought", "BundleRead", "clinic_key", "is_bundle", "read_bundle", "write_bundle"]
