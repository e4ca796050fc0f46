// SPDX-License-Identifier: GPL-2.0-or-later
// One job reads the bytes; then each block that is worth it is a job of its own, which whoever wants the block takes
// over if nobody has begun it.
#include "block_fetch.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "crc32c.h"

namespace {

// Reads all of it, or returns false.
bool ReadAt(int file, uint8_t *into, size_t size, uint64_t offset) {
  while (size > 0) {
    const ssize_t count = pread(file, into, size, static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    into += count;
    size -= count;
    offset += count;
  }
  return true;
}

}  // namespace

struct BlockFetch::Place {
  Block block;
  size_t from;
  // The job that unpacks it ahead; null when that is not worth it.
  std::shared_ptr<Job> job;
  // What the job made of it.
  BufferPool::Buffer bytes;
  Unpacked outcome;
  bool done;
};

class BlockFetch::ReadJob : public Job {
 public:
  explicit ReadJob(std::shared_ptr<BlockFetch> fetch) : fetch_(std::move(fetch)) {}
  void Run(bool) override { fetch_->Read(); }

 private:
  std::shared_ptr<BlockFetch> fetch_;
};

// Refers to the fetch weakly: the fetch has the job.
class BlockFetch::UnpackJob : public Job {
 public:
  UnpackJob(const std::shared_ptr<BlockFetch> &fetch, Place &place) : fetch_(fetch), place_(place) {}

  void Run(bool) override {
    const std::shared_ptr<BlockFetch> fetch = fetch_.lock();
    if (!fetch || fetch->abandoned_) return;
    place_.bytes = fetch->pool_->buffers().Take(place_.block.size);
    fetch->Unpack(place_, place_.bytes.data());
    const std::lock_guard<std::mutex> lock(fetch->mutex_);
    place_.done = true;
    fetch->done_.notify_all();
  }

 private:
  std::weak_ptr<BlockFetch> fetch_;
  Place &place_;
};

BlockFetch::BlockFetch(std::shared_ptr<WorkerPool> pool, int file, uint64_t offset,
                       const std::vector<Block> &blocks)
    : pool_(std::move(pool)), file_(file), offset_(offset) {
  // Jobs refer to them: they stay where they are.
  places_.reserve(blocks.size());
  for (const Block &block : blocks) {
    places_.push_back({block, stored_size_, nullptr, {}, {}, false});
    stored_size_ += block.stored_size;
  }
}

BlockFetch::~BlockFetch() {
  for (Place &place : places_) pool_->buffers().Give(std::move(place.bytes));
  pool_->buffers().Give(std::move(stored_));
}

void BlockFetch::Start() { pool_->SubmitFile(std::make_shared<ReadJob>(shared_from_this())); }

void BlockFetch::Read() {
  if (abandoned_) return;
  stored_ = pool_->buffers().Take(stored_size_);
  if (ReadAt(file_, stored_.data(), stored_size_, offset_)) {
    for (Place &place : places_)
      if (place.block.kind != CodecKind::kPlain && place.block.size >= kWorthAThread)
        place.job = std::make_shared<UnpackJob>(shared_from_this(), place);
    for (Place &place : places_)
      if (place.job) pool_->Submit(place.job);
    // Only now: whoever takes a block lets go of its job.
    read_ = true;
  } else {
    failed_ = true;
  }
  pool_->News();
}

void BlockFetch::Unpack(Place &place, uint8_t *into) const {
  const Block &block = place.block;
  const uint8_t *stored = stored_.data() + place.from;
  if (block.kind == CodecKind::kPlain) {
    place.outcome.good = block.stored_size == block.size;
    if (place.outcome.good) place.outcome.crc = CopyAndCrc32c(into, stored, block.size);
    return;
  }
  place.outcome.good = Uncompress(block.kind, stored, block.stored_size, into, block.size,
                                  MemoryOfThisThread());
  place.outcome.crc = Crc32c(into, block.size);
}

bool BlockFetch::TakeReady(Place &place, uint8_t *into, Unpacked *outcome) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!place.done) return false;
  memcpy(into, place.bytes.data(), place.block.size);
  *outcome = place.outcome;
  return true;
}

BlockFetch::Answer BlockFetch::Take(size_t block, uint8_t *into, Unpacked *outcome) {
  if (failed_) return Answer::kFailed;
  if (!read_) return Answer::kNotYet;
  Place &place = places_[block];
  if (!place.job || place.job->Claim()) {
    place.job = nullptr;
    Unpack(place, into);
    *outcome = place.outcome;
    return Answer::kDone;
  }
  // A thread is at it, or was. What is left of its time is not worth a turn of the event loop.
  while (!TakeReady(place, into, outcome)) {
    if (pool_->Help()) continue;
    std::unique_lock<std::mutex> lock(mutex_);
    done_.wait(lock, [&place] { return place.done; });
  }
  return Answer::kDone;
}
