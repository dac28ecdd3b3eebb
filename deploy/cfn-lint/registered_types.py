"""Checks the properties of types that `--registry-schemas` registers; load it with `--append-rules`.

cfn-lint (1.50 to 1.58 at least) knows the name of a registered type, and then looks for its schema among AWS's own
types only, so that nothing inside the resource is checked. Here the registered schema is found first.
"""

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER as manager

among_aws_types = manager.get_resource_schemas_by_regions


def registered_first(resource_type, regions):
    registered = manager._registry_schemas.get(resource_type)
    if registered is None:
        yield from among_aws_types(resource_type, regions)
        return
    # E3040, about read-only properties, runs only where a schema asks for the keyword "*".
    for pointer in registered.schema.get("readOnlyProperties", []):
        name = pointer.removeprefix("/properties/")
        registered.schema["properties"].get(name, {})["cfnLint"] = ["*"]
    yield list(regions), registered


manager.get_resource_schemas_by_regions = registered_first
