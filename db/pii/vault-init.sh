#!/bin/sh
# Prepares the Vault of compose.yaml, as its root: the Transit engine, the key, and a token that may only use the key.
# May run again; what is there is left as it is.
set -eu

vault secrets list | grep -q '^transit/' || vault secrets enable transit
vault read "transit/keys/$VAULT_TRANSIT_KEY" > /dev/null 2>&1 ||
    vault write -f "transit/keys/$VAULT_TRANSIT_KEY" type=aes256-gcm96

sed "s/pos-encryption-key/$VAULT_TRANSIT_KEY/" /pii/sealway-policy.hcl | vault policy write sealway -
VAULT_TOKEN="$SEALWAY_TOKEN" vault token lookup > /dev/null 2>&1 ||
    vault token create -id="$SEALWAY_TOKEN" -policy=sealway -orphan -period=24h > /dev/null
