# What Sealway's token may do with the one key. There is no "create": with it, encrypting under a mistyped name would make
# a new key without a word.

path "transit/keys/pos-encryption-key" {
  capabilities = ["read"]
}

path "transit/encrypt/pos-encryption-key" {
  capabilities = ["update"]
}

path "transit/decrypt/pos-encryption-key" {
  capabilities = ["update"]
}
