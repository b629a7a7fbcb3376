"""The tree over all streams, kept in tiles: what it takes to grow it, its root at any size, and proofs.

RFC 9162, section 2.1. A tile holds up to 256 hashes of 32 bytes: level 0 the leaves, level n + 1 the roots of the full
tiles of level n. So a tree of a billion leaves is five levels, and a proof reads a handful of tiles. Hashes and the
checking of proofs are in `verify.py`, which strangers run.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from engine.audit.verify import node_hash

TILE, HEIGHT, WIDTH = 256, 8, 32

Place = tuple[int, int]
"""(level, number) of a tile."""
Read = Callable[[int, int], bytes]
"""The stored tile at a place; empty where there is none."""


def grow(size: int, leaves: list[bytes], read: Read) -> dict[Place, bytes]:
    """The tiles that change when `leaves` (their hashes) follow the `size` that are there."""
    changed: dict[Place, bytes] = {}
    level, fresh = 0, leaves
    while fresh:
        number, offset = divmod(size, TILE)
        tile = bytearray(read(level, number)[: offset * WIDTH] if offset else b"")
        full: list[bytes] = []
        for hash in fresh:
            tile += hash
            if len(tile) == TILE * WIDTH:
                changed[level, number] = bytes(tile)
                full.append(_root(bytes(tile)))
                number, tile = number + 1, bytearray()
        if tile:
            changed[level, number] = bytes(tile)
        size, level, fresh = size // TILE, level + 1, full
    return changed


def _root(hashes: bytes) -> bytes:
    """The root of a full subtree, its hashes side by side."""
    row = [hashes[at : at + WIDTH] for at in range(0, len(hashes), WIDTH)]
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


@dataclass(slots=True)
class Tree:
    """The stored tree. Sizes asked for must not be larger than what is stored."""

    read: Read
    _tiles: dict[Place, bytes] = field(default_factory=dict)

    def root(self, size: int) -> bytes:
        """MTH(D[size]), for a size of at least 1."""
        return self._range(0, size)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """PATH(index, D[size]): proves the leaf at `index`."""
        path: list[bytes] = []
        low, high = 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low = middle
        return path[::-1]

    def consistency(self, first: int, second: int) -> list[bytes]:
        """PROOF(first, D[second]): proves that the larger tree begins with the smaller one."""
        path: list[bytes] = []
        low, high, is_whole = 0, second, True
        while first < high:
            middle = low + _split(high - low)
            if first <= middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low, is_whole = middle, False
        if not is_whole:
            path.append(self._range(low, high))
        return path[::-1]

    def _range(self, low: int, high: int) -> bytes:
        """The root over leaves `low` up to `high`, where `low` is a multiple of a power of two that spans them."""
        count = high - low
        if count & (count - 1) == 0:
            return self._full(count.bit_length() - 1, low >> (count.bit_length() - 1))
        middle = low + _split(count)
        return node_hash(self._range(low, middle), self._range(middle, high))

    def _full(self, height: int, index: int) -> bytes:
        """The root of the full subtree of 2^height leaves at `index`, counted in such subtrees."""
        level, within = divmod(height, HEIGHT)
        number, offset = divmod(index << within, TILE)
        tile = self._tile(level, number)
        return _root(tile[offset * WIDTH : (offset + (1 << within)) * WIDTH])

    def _tile(self, level: int, number: int) -> bytes:
        if (level, number) not in self._tiles:
            self._tiles[level, number] = self.read(level, number)
        return self._tiles[level, number]


def _split(count: int) -> int:
    """The largest power of two smaller than `count`."""
    return 1 << (count - 1).bit_length() - 1
