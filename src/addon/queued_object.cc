// SPDX-License-Identifier: GPL-2.0-or-later
// A block that compression does not make shorter is kept as it is.
#include "queued_object.h"

#include <cstring>
#include <utility>

#include "crc32c.h"
#include "worker_pool.h"

void QueuedObject::PackInto(uint8_t *ring_room, const uint8_t *block) {
  if (packing.kind == CodecKind::kPlain) {
    outcome = packing.Outcome(size, 0, CopyAndCrc32c(ring_room, block, size));
    return;
  }
  const size_t length =
      Compress(packing.kind, packing.level, block, size, ring_room, MemoryOfThisThread());
  if (length == 0) memcpy(ring_room, block, size);
  outcome = packing.Outcome(size, length, Crc32c(block, size));
}

void QueuedObject::PackAside(const uint8_t *block, BufferPool &buffers) {
  aside = buffers.Take(CompressRoom(size));
  const size_t length = Compress(packing.kind, packing.level, block, size,
                                 aside.data(), MemoryOfThisThread());
  if (length == 0) buffers.Give(std::move(aside));
  outcome = packing.Outcome(size, length, Crc32c(block, size));
}
