"""The tree in tiles against the definitions of RFC 9162, written down as they stand there."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.audit import merkle, verify

sizes = st.one_of(st.integers(1, 40), st.integers(1, 700), st.sampled_from([255, 256, 257, 511, 512, 513]))


# The oracle: slow and obvious --------------------------------------------------------------------------------------


def mth(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    return [*path(m, leaves[:k]), mth(leaves[k:])] if m < k else [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m, leaves, is_whole):
    if m == len(leaves):
        return [] if is_whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], is_whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


# What is tested ---------------------------------------------------------------------------------------------------


def data(size):
    return [size_bytes.to_bytes(4, "big") for size_bytes in range(size)]


def grown(size, *cuts):
    """A tree of `size` leaves, grown in pieces."""
    tiles: dict[merkle.Place, bytes] = {}
    hashes = [verify.leaf_hash(each) for each in data(size)]

    def read(level, number):
        return tiles.get((level, number), b"")

    for low, high in pairwise(sorted({0, size, *(cut for cut in cuts if 0 < cut < size)})):
        tiles.update(merkle.grow(low, hashes[low:high], read))
    return merkle.Tree(read), tiles


@given(sizes, st.lists(st.integers(1, 700), max_size=6))
@settings(max_examples=60)
def test_a_tree_has_the_root_of_the_definition_however_it_grew(size, cuts):
    tree, tiles = grown(size, *cuts)
    assert tree.root(size) == mth(data(size))
    assert tiles == grown(size)[1]


@given(sizes, st.data())
@settings(max_examples=60)
def test_every_earlier_root_is_still_there(size, draw):
    earlier = draw.draw(st.integers(1, size))
    assert grown(size)[0].root(earlier) == mth(data(earlier))


@given(sizes, st.data())
@settings(max_examples=80)
def test_inclusion_proofs_are_those_of_the_definition_and_hold(size, draw):
    index = draw.draw(st.integers(0, size - 1))
    proof, leaves = grown(size)[0].inclusion(index, size), data(size)
    assert proof == path(index, leaves)
    assert verify.included(verify.leaf_hash(leaves[index]), index, size, proof, mth(leaves))


@given(sizes, st.data())
@settings(max_examples=80)
def test_an_inclusion_proof_holds_for_nothing_else(size, draw):
    index = draw.draw(st.integers(0, size - 1))
    tree, root, leaf = grown(size)[0], mth(data(size)), verify.leaf_hash(data(size)[index])
    proof = tree.inclusion(index, size)
    assert not verify.included(verify.leaf_hash(b"other"), index, size, proof, root)
    assert not verify.included(leaf, index, size, [*proof, bytes(32)], root)
    assert not verify.included(leaf, index, size, proof, bytes(32))
    assert not verify.included(leaf, size, size, proof, root) and not verify.included(leaf, -1, size, proof, root)
    for other in {index ^ 1, (index + 1) % size, size - 1} - {index}:
        assert not verify.included(leaf, other, size, proof, root) or other >= size
    if proof:
        assert not verify.included(leaf, index, size, proof[:-1], root)
        assert not verify.included(leaf, index, size, [bytes(32), *proof[1:]], root)


@given(sizes, st.data())
@settings(max_examples=80)
def test_consistency_proofs_are_those_of_the_definition_and_hold(size, draw):
    first = draw.draw(st.integers(1, size))
    proof, leaves = grown(size)[0].consistency(first, size), data(size)
    assert proof == subproof(first, leaves, True)
    assert verify.consistent(first, size, mth(leaves[:first]), mth(leaves), proof)


@given(sizes.filter(lambda size: size > 1), st.data())
@settings(max_examples=80)
def test_a_consistency_proof_holds_for_no_other_past(size, draw):
    first = draw.draw(st.integers(1, size - 1))
    proof, leaves = grown(size)[0].consistency(first, size), data(size)
    root, other = mth(leaves), mth([b"forged", *leaves[1:first]])
    assert not verify.consistent(first, size, other, root, proof)
    assert not verify.consistent(first, size, mth(leaves[:first]), other, proof)
    assert not verify.consistent(first, size, mth(leaves[:first]), root, [*proof, bytes(32)])
    assert not verify.consistent(first, size, mth(leaves[:first]), root, proof[:-1])
    assert not verify.consistent(size, first, root, mth(leaves[:first]), proof)


def test_a_tree_of_three_levels_agrees_with_the_frontier():
    size = 256 * 256 + 300
    tree, tiles = grown(size, 1000, 65_536, 65_600)
    frontier = verify.Frontier()
    for leaf in data(size):
        frontier.push(verify.leaf_hash(leaf))
    assert tree.root(size) == frontier.root()
    assert sorted({level for level, _ in tiles}) == [0, 1, 2]
    assert verify.included(
        verify.leaf_hash(data(size)[65_000]), 65_000, size, tree.inclusion(65_000, size), frontier.root()
    )


@pytest.mark.parametrize(
    ("size", "root"),
    [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    ],
)
def test_known_roots(size, root):
    """The empty tree, and the tree of one empty leaf, as Certificate Transparency's test data has them."""
    frontier = verify.Frontier()
    for _ in range(size):
        frontier.push(verify.leaf_hash(b""))
    assert frontier.root().hex() == root
