"""The office's key for checkpoints: Ed25519, kept beside the database, its public half given out.

The private key lies in `PHASEOUT_HOME/keys/checkpoint.pem` (or where PHASEOUT_CHECKPOINT_KEY
points: a mounted secret). Whoever holds it can sign, so it belongs on another disk than backups of
the database; whoever holds the public key can verify.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from phaseout.law.refusals import Refusal

VARIABLE = "PHASEOUT_CHECKPOINT_KEY"


def private_key(home: Path) -> Ed25519PrivateKey:
    """The key of the office; made at first use where no file is named.

    Raises:
        Refusal: `checkpoint_key_unreadable`.
    """
    named = os.environ.get(VARIABLE)
    file = Path(named) if named else home / "keys" / "checkpoint.pem"
    if not named and not file.exists():
        _make(file)
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError) as problem:
        raise _unreadable(file, problem) from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise _unreadable(file, "it is not an Ed25519 key")
    return key


def public_pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def read_public(pem: bytes) -> Ed25519PublicKey:
    """Raises:
    Refusal: `checkpoint_key_unreadable`.
    """
    try:
        key = serialization.load_pem_public_key(pem)
    except ValueError as problem:
        raise _unreadable(Path("public_key.pem"), problem) from problem
    if not isinstance(key, Ed25519PublicKey):
        raise _unreadable(Path("public_key.pem"), "it is not an Ed25519 key")
    return key


def key_id(key: Ed25519PublicKey) -> str:
    """Sixteen hex digits that name the key."""
    return hashlib.sha256(public_pem(key)).hexdigest()[:16]


def holds(key: Ed25519PublicKey, signature: str, text: bytes) -> bool:
    try:
        key.verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker: its key is the key
        return
    with os.fdopen(handle, "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())


def _unreadable(file: Path, problem: object) -> Refusal:
    return Refusal(
        "checkpoint_key_unreadable",
        what=("不能使用检查点密钥", "the key for checkpoints cannot be used"),
        why=(f"读不出{file}：{problem}。", f"{file} cannot be read: {problem}."),
        instead=(
            f"请检查该文件或环境变量{VARIABLE}。",
            f"Check the file, or the variable {VARIABLE}.",
        ),
    )
