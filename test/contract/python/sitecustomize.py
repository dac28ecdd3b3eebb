"""Lets `cfn test` ask the embedded AWS who it is: it ignores AWS_ENDPOINT_URL for STS."""

import os
import sys

ENDPOINT = os.environ.get("CONTRACT_STS_ENDPOINT")


class _Patch:
    """Replaces the function as soon as the CLI's module has been loaded."""

    def find_spec(self, name, path=None, target=None):
        if name == "rpdk.core.boto_helpers":
            sys.meta_path.remove(self)
            from rpdk.core import boto_helpers

            boto_helpers.get_service_endpoint = lambda service, region: ENDPOINT
        return None


if ENDPOINT:
    sys.meta_path.insert(0, _Patch())
