"""Lets `cfn test` ask the embedded AWS who it is: for STS the CLI ignores AWS_ENDPOINT_URL."""

import os

ENDPOINT = os.environ.get("CONTRACT_STS_ENDPOINT")

if ENDPOINT:
    from rpdk.core import boto_helpers

    boto_helpers.get_service_endpoint = lambda service, region: ENDPOINT
