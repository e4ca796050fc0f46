// SPDX-License-Identifier: GPL-2.0-or-later
// Whoever is done with the oldest object writes what is ready; one thread at a time does.
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
// A thread that is awake writes as soon as there is as much as this, while it is in its cache.
const size_t kWorthGoingOn = 256 << 10;
const size_t kObjectsWorthWriting = 256;
// Objects on their way at once.
const size_t kMostObjects = 8192;

}  // namespace

class AppendQueue::PackJob : public Job {
 public:
  PackJob(std::shared_ptr<AppendQueue> queue, std::shared_ptr<QueuedObject> object)
      : queue_(std::move(queue)), object_(std::move(object)) {}

  void Run(bool on_worker) override {
    {
      const std::lock_guard<std::mutex> lock(queue_->mutex_);
      if (object_->dropped) return;
      queue_->running_++;
    }
    object_->PackAside(queue_->ring_.At(object_->at), queue_->pool_->buffers());
    queue_->Finish(*object_, on_worker);
    const std::lock_guard<std::mutex> lock(queue_->mutex_);
    queue_->running_--;
    queue_->idle_.notify_all();
  }

 private:
  std::shared_ptr<AppendQueue> queue_;
  std::shared_ptr<QueuedObject> object_;
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
      ring_(ring, ring_size, pool_->threads()) {}

void AppendQueue::Start(uint32_t number, uint64_t offset) {
  const std::lock_guard<std::mutex> lock(mutex_);
  next_number_ = number;
  offset_ = offset;
}

std::shared_ptr<QueuedObject> AppendQueue::AddLocked(size_t size, size_t room) {
  size_t at = 0;
  if (queue_.size() >= kMostObjects || (room > 0 && !ring_.Place(queue_, room, &at))) return nullptr;
  std::shared_ptr<QueuedObject> object = std::make_shared<QueuedObject>();
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
  std::shared_ptr<QueuedObject> object;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    object = AddLocked(size, here && !plain ? CompressRoom(size) : size);
  }
  if (!object) return false;
  object->packing = packing;
  if (here) {
    object->PackInto(ring_.At(object->at), block);
    Finish(*object, false);
  } else {
    memcpy(ring_.At(object->at), block, size);
    pool_->Submit(std::make_shared<PackJob>(shared_from_this(), object));
  }
  return true;
}

bool AppendQueue::AcceptFilemark() {
  std::shared_ptr<QueuedObject> object;
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
  std::shared_ptr<QueuedObject> object;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    object = AddLocked(size, stored);
  }
  if (!object) return false;
  memcpy(ring_.At(object->at), payload, stored);
  object->record = std::move(record);
  object->outcome = {static_cast<uint32_t>(stored), flags, Crc32c(payload, stored)};
  Finish(*object, false);
  return true;
}

void AppendQueue::Finish(QueuedObject &object, bool on_worker) {
  bool write;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    object.packed = true;
    if (!queue_.empty() && queue_.back().get() == &object && !object.aside.data())
      object.room = object.outcome.stored_size;
    write = SettleLocked(on_worker);
  }
  if (!write) return;
  if (on_worker) WriteAll();
  else pool_->SubmitFile(std::make_shared<WriteJob>(shared_from_this()));
}

bool AppendQueue::SettleLocked(bool awake) {
  for (; settled_ < queue_.size() && queue_[settled_]->packed; settled_++) {
    news_.push_back(queue_[settled_]->outcome);
    settled_bytes_ += news_.back().stored_size;
  }
  if (!writes_ || writing_ || !IsWorthWritingLocked(awake)) return false;
  writing_ = true;
  return true;
}

bool AppendQueue::IsWorthWritingLocked(bool awake) const {
  if (error_ || settled_ == 0) return false;
  const size_t enough = awake ? kWorthGoingOn : kWorthWriting;
  return hurry_ || settled_bytes_ >= enough || settled_ >= kObjectsWorthWriting;
}

void AppendQueue::Hurry() {
  bool write;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    hurry_ = !queue_.empty();
    write = SettleLocked(false);
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

ObjectBatch AppendQueue::PeekLocked(size_t most_objects) {
  ObjectBatch batch;
  batch.offset = offset_;
  uint64_t offset = offset_;
  const size_t most = std::min(settled_, most_objects);
  for (; batch.count < most && (batch.count == 0 || offset - offset_ < kBatchBytes); batch.count++) {
    const QueuedObject &object = *queue_[batch.count];
    if (batch.count == 0) batch.first = object.number;
    files_.AddRecord({object.number, object.filemark, object.size, offset, object.outcome, object.record}, &batch);
    const size_t length = object.outcome.stored_size;
    offset += length;
    if (length == 0) continue;
    uint8_t *from = object.aside.data() ? object.aside.data() : ring_.At(object.at);
    std::vector<iovec> &payload = batch.payload;
    if (!payload.empty() &&
        static_cast<uint8_t *>(payload.back().iov_base) + payload.back().iov_len == from)
      payload.back().iov_len += length;
    else payload.push_back({from, length});
  }
  return batch;
}

ObjectBatch AppendQueue::Peek(bool one) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return PeekLocked(one ? 1 : kBatchObjects);
}

void AppendQueue::PopLocked(size_t count) {
  for (size_t i = 0; i < count; i++) {
    QueuedObject &object = *queue_.front();
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
  while (IsWorthWritingLocked(true)) {
    const ObjectBatch batch = PeekLocked(kBatchObjects);
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
  for (const std::shared_ptr<QueuedObject> &object : queue_) object->dropped = true;
  queue_.clear();
  news_.clear();
  settled_ = bytes_ = settled_bytes_ = 0;
  error_ = 0;
  hurry_ = false;
  idle_.wait(lock, [this] { return running_ == 0; });
}
