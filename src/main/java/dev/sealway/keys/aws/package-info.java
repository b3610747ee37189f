/** Key bundles in AWS Secrets Manager, and key encryption keys in AWS KMS. */
@NullMarked
package dev.sealway.keys.aws;

import org.jspecify.annotations.NullMarked;
