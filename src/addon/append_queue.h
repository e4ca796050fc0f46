// SPDX-License-Identifier: GPL-2.0-or-later
// Objects on their way to a data file and its index: blocks are packed, several at once, and everything is appended in
// order, first the payload, then the records that point at it.
#ifndef MHVTL_ADDON_APPEND_QUEUE_H
#define MHVTL_ADDON_APPEND_QUEUE_H

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "block_ring.h"
#include "object_files.h"
#include "queued_object.h"
#include "worker_pool.h"

class AppendQueue : public std::enable_shared_from_this<AppendQueue> {
 public:
  struct State {
    size_t objects;
    size_t bytes;  // that the host wrote
    size_t written;  // objects since the last look
    size_t settled;  // there is news for TakeSettled of so many
    int error;
  };

  // A negative `data` keeps no payload. Without `writes` the owner takes the batches itself.
  AppendQueue(std::shared_ptr<WorkerPool> pool, int data, int index, bool writes, RecordShape shape,
              uint8_t *ring, size_t ring_size);

  // The next object is to be `number`, its payload at `offset`. Nothing may be on its way.
  void Start(uint32_t number, uint64_t offset);
  // Each accepts the next object, or returns false when there is no room now. The bytes are copied, or packed at once.
  bool AcceptBlock(const uint8_t *block, size_t size, const Packing &packing);
  bool AcceptFilemark();
  // A block that was packed elsewhere, with a record of its own; `crc` and `flags` as they are to be.
  bool AcceptPacked(const uint8_t *payload, size_t stored, size_t size, uint32_t flags,
                    std::vector<uint8_t> record);

  // Somebody waits for what is on its way: it is written, however little it is.
  void Hurry();
  State Look();
  // Objects, from the first on, of which it became known how they are stored.
  std::vector<Settled> TakeSettled();

  // Without `writes`, and after an error: the first settled objects, as many as are written in one go, or
  // just `one`; and that they were written.
  ObjectBatch Peek(bool one);
  void Pop(size_t count);
  // After an error was mended.
  void Resume();
  // Gives up everything that is on its way.
  void Drop();

 private:
  class PackJob;
  class WriteJob;

  // The next object, not packed yet; null when there is no room.
  std::shared_ptr<QueuedObject> AddLocked(size_t size, size_t room);
  // The packed object is settled, and written when its turn comes.
  void Finish(QueuedObject &object, bool on_worker);
  // Settles what can be. True when the caller is to see to it that it is written.
  bool SettleLocked(bool awake);
  bool IsWorthWritingLocked(bool awake) const;
  ObjectBatch PeekLocked(size_t most_objects);
  void PopLocked(size_t count);
  void WriteAll();

  const std::shared_ptr<WorkerPool> pool_;
  const ObjectFiles files_;
  const bool writes_;
  const BlockRing ring_;

  std::mutex mutex_;
  std::condition_variable idle_;
  ObjectQueue queue_;
  std::vector<Settled> news_;
  size_t settled_ = 0;
  size_t settled_bytes_ = 0;
  size_t running_ = 0;
  size_t bytes_ = 0;
  size_t written_ = 0;
  uint32_t next_number_ = 0;
  uint64_t offset_ = 0;  // of the first one in the queue
  int error_ = 0;
  bool writing_ = false;
  bool hurry_ = false;
};

#endif
