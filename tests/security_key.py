"""A security key in software: it makes what a real one sends, signed; nothing is skipped."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode


class SecurityKey:
    """One key, for one site."""

    def __init__(self, origin: str) -> None:
        self.origin, self.rp_id = origin, origin.split("//")[1].split(":")[0]
        self.identity, self.uses = secrets.token_bytes(32), 0
        self._private = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> str:
        """The answer to being registered."""
        told = self._client("webauthn.create", options)
        public = cbor.encode(ES256.from_cryptography_key(self._private.public_key()))
        named = bytes(16) + struct.pack(">H", len(self.identity)) + self.identity + public
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": self._data(0x41) + named})
        return self._answer(told, attestationObject=websafe_encode(attested))

    def get(self, options: dict[str, Any]) -> str:
        """The answer to a challenge."""
        told, data = self._client("webauthn.get", options), self._data(0x01)
        signed = data + hashlib.sha256(told).digest()
        signature = self._private.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            told, authenticatorData=websafe_encode(data), signature=websafe_encode(signature)
        )

    def _client(self, what: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": what, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        self.uses += 1
        of_site = hashlib.sha256(self.rp_id.encode()).digest()
        return of_site + bytes([flags]) + struct.pack(">I", self.uses)

    def _answer(self, told: bytes, **response: str) -> str:
        name = websafe_encode(self.identity)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {"clientDataJSON": websafe_encode(told), **response},
            }
        )
