"""Writes the files of this folder, with h5py 3.7 and HDF5 1.10.8: python3 make.py

Each holds a data set 'image' of 5 x 6 x 7 numbers 0, 1, 2, ... unless its name says otherwise.
"""

import ctypes
import ctypes.util

import numpy as np
import h5py
from h5py import h5d, h5p, h5s, h5t

SHAPE = (5, 6, 7)
CHUNK = (2, 3, 4)
RAMP = np.arange(210).reshape(SHAPE)
LIMITED = (9, 6, 11)


def made(name, data=None, libver="earliest", userblock=0, shape=SHAPE, dtype="<u2", **how):
    with h5py.File(name + ".h5", "w", libver=libver, userblock_size=userblock) as file:
        if data is None:
            file.create_dataset("image", shape, dtype, **how)
        else:
            file.create_dataset("image", data=data.astype(dtype), **how)


def low(name, plist, kind=h5t.NATIVE_UINT16, most=None, write=True, libver="earliest"):
    with h5py.File(name + ".h5", "w", libver=libver) as file:
        space = h5s.create_simple(SHAPE, most)
        data = h5d.create(file.id, b"image", kind, space, plist)
        if write:
            data.write(h5s.ALL, h5s.ALL, RAMP.astype("<u2"))


def plist(chunk=None):
    made_of = h5p.create(h5p.DATASET_CREATE)
    if chunk:
        made_of.set_chunk(chunk)
    return made_of


def skipped(name, mask, **how):
    """Chunks that did not go through some of the filters."""
    raw = [(0, 0, 0), (2, 3, 4), (4, 0, 4)]
    with h5py.File(name + ".h5", "w") as file:
        data = file.create_dataset("image", SHAPE, "<u2", chunks=CHUNK, **how)
        for i, j, k in np.ndindex(3, 2, 2):
            at = 2 * i, 3 * j, 4 * k
            here = tuple(slice(first, first + size) for first, size in zip(at, CHUNK))
            if at not in raw:
                data[here] = RAMP[here]
                continue
            part = RAMP[here]
            chunk = np.zeros(CHUNK, "<u2")
            chunk[tuple(slice(0, size) for size in part.shape)] = part
            stored = chunk.tobytes()
            if mask == 0b10:  # shuffled only
                stored = np.frombuffer(stored, "u1").reshape(-1, 2).T.tobytes()
            data.id.write_direct_chunk(at, stored, mask)


# numbers
made("double-big-endian", RAMP, dtype=">f8")
made("half", RAMP, dtype="<f2")
made("long", RAMP, dtype="<i8")
made("unsigned-long", RAMP, dtype=">u8")
made("bool", RAMP % 3 == 0, dtype="?")
made("one-channel", RAMP[None])
made("channel-last", RAMP[..., None], userblock=512)

# layouts
compact = plist()
compact.set_layout(h5d.COMPACT)
low("compact", compact)
made("tree", RAMP, chunks=CHUNK, maxshape=(None, 6, None))
made("tree-filters", RAMP, chunks=CHUNK, compression="gzip", shuffle=True, fletcher32=True)
made("tree-lzf", RAMP, chunks=CHUNK, compression="lzf")
made("single", RAMP, "latest", chunks=SHAPE)
made("single-filters", RAMP, "latest", chunks=SHAPE, compression="gzip", shuffle=True)
early = plist(CHUNK)
early.set_alloc_time(h5d.ALLOC_TIME_EARLY)
low("implicit", early, most=LIMITED, libver="latest")
made("array", RAMP, "latest", chunks=CHUNK)
made("array-filters", RAMP, "latest", userblock=512, chunks=CHUNK, compression="gzip", fletcher32=True)
made("array-may-grow", RAMP, "latest", chunks=CHUNK, maxshape=LIMITED, compression="gzip")
made("second-tree", RAMP, "latest", chunks=(1, 2, 2), maxshape=(None, 6, None), dtype="<f4")
made("second-tree-filters", RAMP, "latest", chunks=CHUNK, maxshape=(None, 6, None), shuffle=True)
made("growing-array", RAMP, "latest", chunks=(1, 1, 2), maxshape=(5, None, 11))
made("growing-array-filters", RAMP, "latest", chunks=(1, 6, 7), maxshape=(None, 6, 7), shuffle=True)
made("array-in-pages", np.arange(1728).reshape(12, 12, 12), "latest", chunks=(1, 1, 1))
with h5py.File("growing-array-in-pages.h5", "w", libver="latest") as file:
    image = file.create_dataset(
        "image", (201000, 1, 1), "<i4", chunks=(1, 1, 1), maxshape=(None, 1, 1), fillvalue=-7
    )
    # a block of 2048 chunks has two pages; chunks at their ends, two blocks, pages never written
    for at in (2, 140295, 140296, 141299, 200500):
        image[at] = at

# filters that chunks did not go through
skipped("skipped-all", 0b1, compression="gzip")
skipped("skipped-both", 0b11, compression="gzip", shuffle=True)
skipped("skipped-second", 0b10, compression="gzip", shuffle=True)

# never written, in part or at all
for name, libver, most in [
    ("tree", "earliest", None),
    ("array", "latest", None),
    ("second-tree", "latest", (None, 6, None)),
    ("growing-array", "latest", (5, None, 7)),
]:
    made("box-" + name, None, libver, dtype="<i2", chunks=CHUNK, maxshape=most, fillvalue=-1024,
         compression="gzip")
    with h5py.File("box-" + name + ".h5", "r+", libver=libver) as file:
        file["image"][2:4, 3:6, 0:4] = RAMP[2:4, 3:6, 0:4]
    made("empty-" + name, None, libver, chunks=CHUNK, maxshape=most, fillvalue=9)
made("empty-single", None, "latest", chunks=SHAPE, compression="gzip", fillvalue=9)
made("empty-plain", None, fillvalue=9)
made("zeros", None)

# names
with h5py.File("soft.h5", "w") as file:
    group = file.create_group("deep")
    group["data"] = RAMP
    group["near"] = h5py.SoftLink("data")
    file["image"] = h5py.SoftLink("/deep/./near")
with h5py.File("named-type.h5", "w") as file:
    file["type"] = np.dtype("<u2")
    file.create_dataset("image", data=RAMP, dtype=file["type"])
with h5py.File("many-names.h5", "w", libver="latest") as file:
    for i in range(12):
        file.create_group("group %d" % i)
    file["image"] = RAMP

# filters of Debian's hdf5-filter-plugin and bitshuffle
for name, number, told in (
    ("lz4", 32004, (64,)),
    ("bitshuffle", 32008, (0, 2)),
    ("bitshuffle-blocks", 32008, (16, 2)),
    ("bitshuffle-plain", 32008, (16,)),
):
    made(name, RAMP, chunks=(3, 5, 5), compression=number, compression_opts=told)

# what h5py has no name for
LIBRARY = ctypes.CDLL(ctypes.util.find_library("hdf5_serial"))


def planned(name, plan, **how):
    created = h5p.create(h5p.FILE_CREATE)
    plan(ctypes.c_int64(created.id))
    with h5py.File(h5py.h5f.create(name.encode() + b".h5", h5py.h5f.ACC_TRUNC, created)) as file:
        for data in ("other", "image"):  # the first of two that are alike is not shared
            file.create_dataset(data, data=RAMP.astype("<u2"), chunks=CHUNK, **how)


planned("superblock-one", lambda plan: LIBRARY.H5Pset_istore_k(plan, 2), compression="gzip")


def shared(plan):
    LIBRARY.H5Pset_shared_mesg_nindexes(plan, 1)
    LIBRARY.H5Pset_shared_mesg_index(plan, 0, 0x1F, 1)


planned("refused-shared", shared)

# what is refused
made("refused-szip", RAMP, chunks=SHAPE, compression="szip")
made("refused-scale-offset", RAMP, chunks=SHAPE, dtype="<i4", scaleoffset=0)
twelve = h5t.NATIVE_UINT16.copy()
twelve.set_precision(12)
low("refused-12-bits", plist(), kind=twelve)
made("refused-long-double", RAMP, dtype=np.longdouble)
made("refused-record", np.zeros(SHAPE, [("a", "u1")]), dtype=[("a", "u1")])
with h5py.File("refused-virtual.h5", "w", libver="latest") as file:
    file["base"] = RAMP.astype("u1")
    layout = h5py.VirtualLayout(SHAPE, "u1")
    layout[...] = h5py.VirtualSource(file["base"])
    file.create_virtual_dataset("image", layout)
outside = plist()
outside.set_external(b"/dev/zero", 0, 420)
low("refused-outside", outside, write=False)
with h5py.File("refused-link-outside.h5", "w") as file:
    file["image"] = h5py.ExternalLink("/dev/zero", "/image")
with h5py.File("refused-soft-outside.h5", "w") as file:
    file["out"] = h5py.ExternalLink("tree.h5", "/")
    file["image"] = h5py.SoftLink("/out/image")
with h5py.File("refused-loop.h5", "w") as file:
    file["image"] = h5py.SoftLink("/other")
    file["other"] = h5py.SoftLink("/image")
with h5py.File("refused-nowhere.h5", "w") as file:
    file["image"] = h5py.SoftLink("/nowhere")
