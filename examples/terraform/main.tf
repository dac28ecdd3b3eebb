# A setup from Terraform, through AWS Cloud Control: a registered type needs no Terraform provider of its own. Cloud
# Control updates a resource with a JSON patch of what it reads, and a read never has the write-only properties
# (AllowSandbox, VerificationTimeoutMinutes, TakeOver, Revision). So one of these can be added but not changed or
# removed ("replace" and "remove" find nothing), and Revision is left out on purpose. To check and restore everything:
#
#   terraform apply -replace=aws_cloudcontrolapi_resource.email_setup
#
# This deletes the setup and creates it again. In between the pool sends with Cognito's default sender.

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

  # The setup's tag on the pool: without this the pool's own plan would remove it.
  ignore_tags {
    keys = ["Org::Cognito::EmailSetup"]
  }
}

resource "aws_cognito_user_pool" "customers" {
  name = "customers"

  # The setup owns it, so a plan of the pool must not change it.
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
