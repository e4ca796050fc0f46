// SPDX-License-Identifier: GPL-2.0-or-later
// The queue of a partition for JavaScript; the numbers of its state are in an array both see.
#include "block_appender.h"

#include <memory>
#include <vector>

#include "append_queue.h"
#include "block_workers.h"

namespace {

// Numbers an object has when it is settled: stored size, flags, CRC.
const size_t kSettledNumbers = 3;

std::vector<uint8_t> BytesOf(const Napi::Value &value) {
  const Napi::Uint8Array bytes = value.As<Napi::Uint8Array>();
  return {bytes.Data(), bytes.Data() + bytes.ByteLength()};
}

RecordShape ShapeOf(const Napi::Object &shape) {
  const auto field = [&shape](const char *name) -> size_t {
    return shape.Get(name).As<Napi::Number>().Uint32Value();
  };
  return {BytesOf(shape.Get("block")), BytesOf(shape.Get("filemark")),
          field("dataOffset"),         field("flags"),
          field("number"),             field("size"),
          field("storedSize"),         field("crc")};
}

class BlockAppender : public Napi::ObjectWrap<BlockAppender> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "BlockAppender",
                       {InstanceMethod<&BlockAppender::Start>("start"),
                        InstanceMethod<&BlockAppender::Block>("block"),
                        InstanceMethod<&BlockAppender::Packed>("packed"),
                        InstanceMethod<&BlockAppender::Filemark>("filemark"),
                        InstanceMethod<&BlockAppender::Hurry>("hurry"),
                        InstanceMethod<&BlockAppender::Look>("look"),
                        InstanceMethod<&BlockAppender::TakeSettled>("settled"),
                        InstanceMethod<&BlockAppender::Peek>("peek"),
                        InstanceMethod<&BlockAppender::Pop>("pop"),
                        InstanceMethod<&BlockAppender::Resume>("resume"),
                        InstanceMethod<&BlockAppender::Drop>("drop")});
  }

  // new BlockAppender(workers, data, index, writes, shape, ring: ArrayBuffer)
  explicit BlockAppender(const Napi::CallbackInfo &info) : Napi::ObjectWrap<BlockAppender>(info) {
    Napi::Env env = info.Env();
    if (info.Length() < 6 || !info[4].IsObject() || !info[5].IsArrayBuffer()) {
      Napi::TypeError::New(env, "BlockAppender(workers, data, index, writes, shape, ring)")
          .ThrowAsJavaScriptException();
      return;
    }
    Napi::ArrayBuffer ring = info[5].As<Napi::ArrayBuffer>();
    ring_ = Napi::Persistent(ring.As<Napi::Object>());
    queue_ = std::make_shared<AppendQueue>(
        PoolOf(info[0]), info[1].ToNumber().Int32Value(), info[2].ToNumber().Int32Value(),
        info[3].ToBoolean(), ShapeOf(info[4].As<Napi::Object>()),
        static_cast<uint8_t *>(ring.Data()), ring.ByteLength());
  }

  // What is on its way uses the ring.
  ~BlockAppender() override {
    if (queue_) queue_->Drop();
  }

 private:
  static uint32_t Number(const Napi::Value &value) {
    return value.As<Napi::Number>().Uint32Value();
  }

  // start(number, offset)
  void Start(const Napi::CallbackInfo &info) {
    queue_->Start(Number(info[0]), static_cast<uint64_t>(info[1].ToNumber().Int64Value()));
  }

  // block(bytes, kind, level, packedFlags, plainFlags): boolean
  Napi::Value Block(const Napi::CallbackInfo &info) {
    const Napi::Uint8Array block = info[0].As<Napi::Uint8Array>();
    const Packing packing = {KindOf(info[1]), info[2].ToNumber().Int32Value(), Number(info[3]),
                             Number(info[4])};
    return Napi::Boolean::New(info.Env(),
                              queue_->AcceptBlock(block.Data(), block.ByteLength(), packing));
  }

  // packed(payload, size, flags, record): boolean
  Napi::Value Packed(const Napi::CallbackInfo &info) {
    const Napi::Uint8Array payload = info[0].As<Napi::Uint8Array>();
    return Napi::Boolean::New(
        info.Env(), queue_->AcceptPacked(payload.Data(), payload.ByteLength(), Number(info[1]),
                                         Number(info[2]), BytesOf(info[3])));
  }

  // filemark(): boolean
  Napi::Value Filemark(const Napi::CallbackInfo &info) {
    return Napi::Boolean::New(info.Env(), queue_->AcceptFilemark());
  }

  // hurry()
  void Hurry(const Napi::CallbackInfo &) { queue_->Hurry(); }

  // look(state: Float64Array): objects, bytes, written, settled, errno
  void Look(const Napi::CallbackInfo &info) {
    Napi::Float64Array numbers = info[0].As<Napi::Float64Array>();
    const AppendQueue::State state = queue_->Look();
    numbers[0] = static_cast<double>(state.objects);
    numbers[1] = static_cast<double>(state.bytes);
    numbers[2] = static_cast<double>(state.written);
    numbers[3] = static_cast<double>(state.settled);
    numbers[4] = state.error;
  }

  // settled(): Uint32Array
  Napi::Value TakeSettled(const Napi::CallbackInfo &info) {
    const std::vector<Settled> news = queue_->TakeSettled();
    Napi::Uint32Array numbers =
        Napi::Uint32Array::New(info.Env(), news.size() * kSettledNumbers);
    size_t at = 0;
    for (const Settled &one : news) {
      numbers[at++] = one.stored_size;
      numbers[at++] = one.flags;
      numbers[at++] = one.crc;
    }
    return numbers;
  }

  // peek(one): { count, first, offset, payload, records }
  Napi::Value Peek(const Napi::CallbackInfo &info) {
    Napi::Env env = info.Env();
    const ObjectBatch batch = queue_->Peek(info[0].ToBoolean());
    Napi::Array payload = Napi::Array::New(env);
    for (const iovec &part : batch.payload)
      payload[payload.Length()] =
          Napi::Buffer<uint8_t>::Copy(env, static_cast<uint8_t *>(part.iov_base), part.iov_len);
    Napi::Object result = Napi::Object::New(env);
    result["count"] = Napi::Number::New(env, static_cast<double>(batch.count));
    result["first"] = Napi::Number::New(env, batch.first);
    result["offset"] = Napi::Number::New(env, static_cast<double>(batch.offset));
    result["payload"] = payload;
    result["records"] = Napi::Buffer<uint8_t>::Copy(env, batch.records.data(), batch.records.size());
    return result;
  }

  // pop(count)
  void Pop(const Napi::CallbackInfo &info) { queue_->Pop(Number(info[0])); }
  // resume()
  void Resume(const Napi::CallbackInfo &) { queue_->Resume(); }
  // drop()
  void Drop(const Napi::CallbackInfo &) { queue_->Drop(); }

  std::shared_ptr<AppendQueue> queue_;
  Napi::ObjectReference ring_;
};

}  // namespace

Napi::Function DefineBlockAppender(Napi::Env env) { return BlockAppender::Define(env); }
