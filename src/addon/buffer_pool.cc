// SPDX-License-Identifier: GPL-2.0-or-later
// A few sizes only: one list, searched from the end.
#include "buffer_pool.h"

#include <algorithm>
#include <utility>

namespace {

// Memory that is kept while nobody uses it.
const size_t kMostSpare = 16 << 20;
// Sizes are multiples of this, so that buffers of blocks that compress differently can stand in for each other.
const size_t kStep = 64 << 10;

}  // namespace

BufferPool::Buffer BufferPool::Take(size_t size) {
  const size_t whole = (size + kStep - 1) / kStep * kStep;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto fits = [whole](const Buffer &spare) {
      return spare.size_ >= whole && spare.size_ / 4 <= whole;
    };
    const auto found = std::find_if(spare_.rbegin(), spare_.rend(), fits);
    if (found != spare_.rend()) {
      Buffer buffer = std::move(*found);
      spare_.erase(std::next(found).base());
      spare_bytes_ -= buffer.size_;
      return buffer;
    }
  }
  Buffer buffer;
  buffer.bytes_.reset(new uint8_t[whole]);
  buffer.size_ = whole;
  return buffer;
}

void BufferPool::Give(Buffer buffer) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!buffer.bytes_ || spare_bytes_ + buffer.size_ > kMostSpare) return;
  spare_bytes_ += buffer.size_;
  spare_.push_back(std::move(buffer));
}
