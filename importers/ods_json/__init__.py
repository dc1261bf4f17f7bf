"""JSON of the Organisation Data Service: ORD records and searches, FHIR Organizations and Bundles of them."""
