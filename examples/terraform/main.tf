# The setup from Terraform, through AWS Cloud Control: a registered type needs no provider of its own. Cloud Control
# updates a resource by a JSON patch of what it reads, and a read never has the write-only properties (AllowSandbox,
# VerificationTimeoutMinutes, TakeOver, Revision): there one can be added, and not changed or taken away ("replace" and
# "remove" find nothing). So Revision is left out on purpose. To have everything checked and put right again:
#
#   terraform apply -replace=aws_cloudcontrolapi_resource.email_setup
#
# which deletes the setup and makes it anew: in between the pool sends with Cognito's default sender.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"

  # The setup's record on the pool: without this the pool's own plan would take it off.
  ignore_tags {
    keys = ["Org::Cognito::EmailSetup"]
  }
}

resource "aws_cognito_user_pool" "customers" {
  name = "customers"

  # The setup owns it: a plan of the pool leaves it alone.
  lifecycle {
    ignore_changes = [email_configuration]
  }
}

resource "aws_cloudcontrolapi_resource" "email_setup" {
  type_name = "Org::Cognito::EmailSetup"

  desired_state = jsonencode({
    UserPoolId          = aws_cognito_user_pool.customers.id
    EmailSendingAccount = "DEVELOPER"
    Identity            = "example.com"
    From                = "Example <no-reply@example.com>"
    ReplyToEmailAddress = "help@example.com"
  })
}
