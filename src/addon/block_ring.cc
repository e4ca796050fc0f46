// SPDX-License-Identifier: GPL-2.0-or-later
// What is held lies in one piece, or in two when the ring has been begun anew since.
#include "block_ring.h"

#include <algorithm>

namespace {

// The ring is begun anew as soon as this much of it is free at its beginning: memory used a moment ago is faster, and
// memory used for the first time slowest of all.
const size_t kNear = 4 << 20;
// So much of the ring is used, or as much as keeps all threads busy with blocks of this size. Who writes faster waits:
// more would end in memory as well, and no sooner on the disk.
const size_t kWorthHolding = 8 << 20;

}  // namespace

bool BlockRing::Place(const ObjectQueue &queue, size_t length, size_t *at) const {
  const size_t limit = std::min(size_, std::max(kWorthHolding, (threads_ + 2) * length));
  const auto holds = [](const std::shared_ptr<QueuedObject> &object) { return object->room > 0; };
  const auto oldest = std::find_if(queue.begin(), queue.end(), holds);
  *at = 0;
  if (oldest == queue.end()) return length <= limit;
  const QueuedObject &newest = **std::find_if(queue.rbegin(), queue.rend(), holds);
  const size_t begin = (*oldest)->at, end = newest.at + newest.room;
  const bool turned = newest.at < begin;
  if (!turned && begin >= std::max(kNear, length)) return true;
  *at = end;
  if (turned) return end + length <= begin;
  if (end + length <= limit) return true;
  *at = 0;
  return length <= begin;
}
