// SPDX-License-Identifier: GPL-2.0-or-later
// The memory of the blocks is a ring, filled at one end and emptied at the other.
#include "append_queue.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "crc32c.h"

namespace {

// What is appended in one go.
const size_t kBatchBytes = 4 << 20;
const size_t kBatchObjects = 1024;
// Writing begins when there is as much as this, or when somebody waits: one wake-up for many small blocks.
const size_t kWorthWriting = 2 << 20;
const size_t kObjectsWorthWriting = 256;
// Objects on their way at once.
const size_t kMostObjects = 8192;
// The ring is begun anew as soon as this much of it is free at its beginning: memory used a moment ago is faster, and
// memory used for the first time slowest of all.
const size_t kNear = 4 << 20;
// So much of the ring is used, or as much as keeps all threads busy with blocks of this size. Who writes faster waits:
// more would end in memory as well, and no sooner on the disk.
const size_t kWorthHolding = 8 << 20;

}  // namespace

struct AppendQueue::Object {
  uint32_t number = 0;
  bool filemark = false;
  bool packed = false;
  bool dropped = false;
  // In the ring: where, and how much is held.
  size_t at = 0, room = 0;
  uint32_t size = 0;
  Packing packing = {};
  Settled outcome = {};
  // Where the payload is when it is not in the ring.
  BufferPool::Buffer aside;
  // In place of the template.
  std::vector<uint8_t> record;
};

class AppendQueue::PackJob : public Job {
 public:
  PackJob(std::shared_ptr<AppendQueue> queue, std::shared_ptr<Object> object)
      : queue_(std::move(queue)), object_(std::move(object)) {}

  void Run(bool on_worker) override {
    {
      const std::lock_guard<std::mutex> lock(queue_->mutex_);
      if (object_->dropped) return;
      queue_->running_++;
    }
    queue_->PackAside(*object_);
    queue_->Finish(*object_, on_worker);
    const std::lock_guard<std::mutex> lock(queue_->mutex_);
    queue_->running_--;
    queue_->idle_.notify_all();
  }

 private:
  std::shared_ptr<AppendQueue> queue_;
  std::shared_ptr<Object> object_;
};

class AppendQueue::WriteJob : public Job {
 public:
  explicit WriteJob(std::shared_ptr<AppendQueue> queue) : queue_(std::move(queue)) {}

  void Run(bool) override { queue_->WriteAll(); }

 private:
  std::shared_ptr<AppendQueue> queue_;
};

AppendQueue::AppendQueue(std::shared_ptr<WorkerPool> pool, int data, int index, bool writes,
                         RecordShape shape, uint8_t *ring, size_t ring_size)
    : pool_(std::move(pool)),
      files_(data, index, std::move(shape)),
      writes_(writes),
      ring_(ring),
      ring_size_(ring_size) {}

void AppendQueue::Start(uint32_t number, uint64_t offset) {
  const std::lock_guard<std::mutex> lock(mutex_);
  next_number_ = number;
  offset_ = offset;
}

bool AppendQueue::Place(size_t length, size_t *at) const {
  const size_t limit =
      std::min(ring_size_, std::max(kWorthHolding, (pool_->threads() + 2) * length));
  const auto holds = [](const std::shared_ptr<Object> &object) { return object->room > 0; };
  const auto oldest = std::find_if(queue_.begin(), queue_.end(), holds);
  *at = 0;
  if (oldest == queue_.end()) return length <= limit;
  const Object &newest = **std::find_if(queue_.rbegin(), queue_.rend(), holds);
  const size_t begin = (*oldest)->at, end = newest.at + newest.room;
  const bool turned = newest.at < begin;
  if (!turned && begin >= std::max(kNear, length)) return true;
  *at = end;
  if (turned) return end + length <= begin;
  if (end + length <= limit) return true;
  *at = 0;
  return length <= begin;
}

std::shared_ptr<AppendQueue::Object> AppendQueue::AddLocked(size_t size, size_t room) {
  size_t at = 0;
  if (queue_.size() >= kMostObjects || (room > 0 && !Place(room, &at))) return nullptr;
  std::shared_ptr<Object> object = std::make_shared<Object>();
  object->number = next_number_++;
  object->size = static_cast<uint32_t>(size);
  object->at = at;
  object->room = room;
  queue_.push_back(object);
  bytes_ += size;
  return object;
}

bool AppendQueue::AcceptBlock(const uint8_t *block, size_t size, const Packing &packing) {
  const bool plain = packing.kind == CodecKind::kPlain;
  // Where all threads have enough to do, this one does not wait for them.
  const bool here = plain || size < kWorthAThread || !writes_ || pool_->waiting() >= pool_->threads();
  std::shared_ptr<Object> object;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    object = AddLocked(size, here && !plain ? CompressRoom(size) : size);
  }
  if (!object) return false;
  object->packing = packing;
  if (here) {
    PackHere(*object, block);
    Finish(*object, false);
  } else {
    memcpy(ring_ + object->at, block, size);
    pool_->Submit(std::make_shared<PackJob>(shared_from_this(), object));
  }
  return true;
}

bool AppendQueue::AcceptFilemark() {
  std::shared_ptr<Object> object;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    object = AddLocked(0, 0);
    if (!object) return false;
    object->filemark = true;
  }
  Finish(*object, false);
  return true;
}

bool AppendQueue::AcceptPacked(const uint8_t *payload, size_t stored, size_t size, uint32_t flags,
                               std::vector<uint8_t> record) {
  std::shared_ptr<Object> object;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    object = AddLocked(size, stored);
  }
  if (!object) return false;
  memcpy(ring_ + object->at, payload, stored);
  object->record = std::move(record);
  object->outcome = {static_cast<uint32_t>(stored), flags, Crc32c(payload, stored)};
  Finish(*object, false);
  return true;
}

void AppendQueue::PackHere(Object &object, const uint8_t *block) {
  const Packing &packing = object.packing;
  uint8_t *room = ring_ + object.at;
  if (packing.kind == CodecKind::kPlain) {
    object.outcome = packing.Outcome(object.size, 0, CopyAndCrc32c(room, block, object.size));
    return;
  }
  const size_t length =
      Compress(packing.kind, packing.level, block, object.size, room, MemoryOfThisThread());
  if (length == 0) memcpy(room, block, object.size);
  object.outcome = packing.Outcome(object.size, length, Crc32c(block, object.size));
}

void AppendQueue::PackAside(Object &object) {
  const Packing &packing = object.packing;
  const uint8_t *block = ring_ + object.at;
  object.aside = pool_->buffers().Take(CompressRoom(object.size));
  const size_t length = Compress(packing.kind, packing.level, block, object.size,
                                 object.aside.data(), MemoryOfThisThread());
  if (length == 0) pool_->buffers().Give(std::move(object.aside));
  object.outcome = packing.Outcome(object.size, length, Crc32c(block, object.size));
}

void AppendQueue::Finish(Object &object, bool on_worker) {
  bool write;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    object.packed = true;
    if (!queue_.empty() && queue_.back().get() == &object && !object.aside.data())
      object.room = object.outcome.stored_size;
    write = SettleLocked();
  }
  if (!write) return;
  if (on_worker) WriteAll();
  else pool_->SubmitFile(std::make_shared<WriteJob>(shared_from_this()));
}

bool AppendQueue::SettleLocked() {
  for (; settled_ < queue_.size() && queue_[settled_]->packed; settled_++) {
    news_.push_back(queue_[settled_]->outcome);
    settled_bytes_ += news_.back().stored_size;
  }
  if (!writes_ || writing_ || !IsWorthWritingLocked()) return false;
  writing_ = true;
  return true;
}

bool AppendQueue::IsWorthWritingLocked() const {
  if (error_ || settled_ == 0) return false;
  return hurry_ || settled_bytes_ >= kWorthWriting || settled_ >= kObjectsWorthWriting;
}

void AppendQueue::Hurry() {
  bool write;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    hurry_ = !queue_.empty();
    write = SettleLocked();
  }
  if (write) pool_->SubmitFile(std::make_shared<WriteJob>(shared_from_this()));
}

AppendQueue::State AppendQueue::Look() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return {queue_.size(), bytes_, std::exchange(written_, 0), news_.size(), error_};
}

std::vector<Settled> AppendQueue::TakeSettled() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(news_, {});
}

ObjectBatch AppendQueue::PeekLocked(size_t most_bytes, size_t most_objects) {
  ObjectBatch batch;
  batch.offset = offset_;
  uint64_t offset = offset_;
  const size_t most = std::min(settled_, most_objects);
  for (; batch.count < most && (batch.count == 0 || offset - offset_ < most_bytes); batch.count++) {
    const Object &object = *queue_[batch.count];
    if (batch.count == 0) batch.first = object.number;
    files_.AddRecord({object.number, object.filemark, object.size, offset, object.outcome, object.record}, &batch);
    const size_t length = object.outcome.stored_size;
    offset += length;
    if (length == 0) continue;
    uint8_t *from = object.aside.data() ? object.aside.data() : ring_ + object.at;
    std::vector<iovec> &payload = batch.payload;
    if (!payload.empty() &&
        static_cast<uint8_t *>(payload.back().iov_base) + payload.back().iov_len == from)
      payload.back().iov_len += length;
    else payload.push_back({from, length});
  }
  return batch;
}

ObjectBatch AppendQueue::Peek(size_t most_bytes, size_t most_objects) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return PeekLocked(most_bytes, most_objects);
}

void AppendQueue::PopLocked(size_t count) {
  for (size_t i = 0; i < count; i++) {
    Object &object = *queue_.front();
    pool_->buffers().Give(std::move(object.aside));
    offset_ += object.outcome.stored_size;
    bytes_ -= object.size;
    settled_bytes_ -= object.outcome.stored_size;
    queue_.pop_front();
  }
  if (queue_.empty()) hurry_ = false;
  settled_ -= count;
  written_ += count;
}

void AppendQueue::Pop(size_t count) {
  const std::lock_guard<std::mutex> lock(mutex_);
  PopLocked(count);
}

void AppendQueue::WriteAll() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (IsWorthWritingLocked()) {
    const ObjectBatch batch = PeekLocked(kBatchBytes, kBatchObjects);
    lock.unlock();
    const int error = files_.Write(batch);
    lock.lock();
    error_ = error;
    if (!error) PopLocked(batch.count);
    pool_->News();
  }
  writing_ = false;
  idle_.notify_all();
}

void AppendQueue::Resume() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    error_ = 0;
  }
  Hurry();
}

void AppendQueue::Drop() {
  std::unique_lock<std::mutex> lock(mutex_);
  idle_.wait(lock, [this] { return !writing_ || pool_->stopped(); });
  for (const std::shared_ptr<Object> &object : queue_) object->dropped = true;
  queue_.clear();
  news_.clear();
  settled_ = bytes_ = settled_bytes_ = 0;
  error_ = 0;
  hurry_ = false;
  idle_.wait(lock, [this] { return running_ == 0; });
}
