// SPDX-License-Identifier: GPL-2.0-or-later
// The threads' results come back through one thread-safe function, many in one call.
#include "block_workers.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "codec.h"
#include "crc32c.h"
#include "worker_pool.h"

namespace {

// Numbers a result has in the array JavaScript gets: ticket, outcome, crc.
const size_t kResultNumbers = 3;

CodecKind KindOf(const Napi::Value &value) {
  return static_cast<CodecKind>(value.As<Napi::Number>().Uint32Value());
}

class BlockWorkers : public Napi::ObjectWrap<BlockWorkers> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "BlockWorkers",
                       {InstanceMethod<&BlockWorkers::Pack>("pack"),
                        InstanceMethod<&BlockWorkers::Unpack>("unpack")});
  }

  // new BlockWorkers(threads: number, done: (results: Uint32Array) => void)
  explicit BlockWorkers(const Napi::CallbackInfo &info) : Napi::ObjectWrap<BlockWorkers>(info) {
    Napi::Env env = info.Env();
    if (info.Length() < 2 || !info[0].IsNumber() || !info[1].IsFunction()) {
      Napi::TypeError::New(env, "BlockWorkers(threads, done)").ThrowAsJavaScriptException();
      return;
    }
    done_ = Napi::ThreadSafeFunction::New(env, info[1].As<Napi::Function>(), "mhvtl.BlockWorkers",
                                          0, 1);
    done_.Unref(env);
    const uint32_t threads = std::clamp(info[0].As<Napi::Number>().Uint32Value(), 1u, 64u);
    pool_ = std::make_unique<WorkerPool>(threads, [this] {
      done_.NonBlockingCall(this, Deliver);
    });
    // Before any memory the threads may work on is unmapped.
    napi_add_env_cleanup_hook(env, StopPool, this);
  }

  ~BlockWorkers() override {
    napi_remove_env_cleanup_hook(Env(), StopPool, this);
    if (pool_) StopPool(this);
  }

 private:
  static void StopPool(void *self) {
    BlockWorkers *workers = static_cast<BlockWorkers *>(self);
    workers->pool_->Stop();
    if (!workers->stopped_) workers->done_.Abort();
    workers->stopped_ = true;
  }

  static void Deliver(Napi::Env env, Napi::Function done, BlockWorkers *self) {
    const std::vector<BlockJob> finished = self->pool_->TakeFinished();
    if (finished.empty()) return;
    Napi::Uint32Array results = Napi::Uint32Array::New(env, finished.size() * kResultNumbers);
    size_t at = 0;
    for (const BlockJob &job : finished) {
      results[at++] = job.ticket;
      results[at++] = job.outcome;
      results[at++] = job.crc;
    }
    self->running_ -= finished.size();
    // Nothing runs: it need not keep the process alive.
    if (self->running_ == 0) self->done_.Unref(env);
    done.Call({results});
    if (env.IsExceptionPending())
      napi_fatal_exception(env, env.GetAndClearPendingException().Value());
  }

  void Submit(Napi::Env env, const BlockJob &job) {
    if (running_++ == 0) done_.Ref(env);
    pool_->Submit(job);
  }

  // pack(ticket, block, kind, level)
  Napi::Value Pack(const Napi::CallbackInfo &info) {
    Napi::Uint8Array block = info[1].As<Napi::Uint8Array>();
    Submit(info.Env(), {info[0].As<Napi::Number>().Uint32Value(), KindOf(info[2]),
                        info[3].As<Napi::Number>().Int32Value(), block.Data(),
                        static_cast<uint32_t>(block.ByteLength()), nullptr, 0});
    return info.Env().Undefined();
  }

  // unpack(ticket, stored, block, kind)
  Napi::Value Unpack(const Napi::CallbackInfo &info) {
    Napi::Uint8Array stored = info[1].As<Napi::Uint8Array>();
    Napi::Uint8Array block = info[2].As<Napi::Uint8Array>();
    Submit(info.Env(), {info[0].As<Napi::Number>().Uint32Value(), KindOf(info[3]), 0, block.Data(),
                        static_cast<uint32_t>(block.ByteLength()), stored.Data(),
                        static_cast<uint32_t>(stored.ByteLength())});
    return info.Env().Undefined();
  }

  std::unique_ptr<WorkerPool> pool_;
  Napi::ThreadSafeFunction done_;
  size_t running_ = 0;
  bool stopped_ = false;
};

CodecMemory &MemoryOfThisThread() {
  static thread_local CodecMemory memory;
  return memory;
}

}  // namespace

Napi::Function DefineBlockWorkers(Napi::Env env) { return BlockWorkers::Define(env); }

void PackBlockFromScript(const Napi::CallbackInfo &info) {
  Napi::Uint8Array block = info[0].As<Napi::Uint8Array>();
  Napi::Uint8Array into = info[1].As<Napi::Uint8Array>();
  Napi::Uint32Array results = info[4].As<Napi::Uint32Array>();
  const size_t size = std::min(block.ByteLength(), into.ByteLength());
  const uint8_t *packed = nullptr;
  const size_t length = Compress(KindOf(info[2]), info[3].As<Napi::Number>().Int32Value(),
                                 block.Data(), size, MemoryOfThisThread(), &packed);
  results[1] = Crc32c(block.Data(), size);
  results[0] = static_cast<uint32_t>(length > 0 ? length : size);
  memcpy(into.Data(), length > 0 ? packed : block.Data(), results[0]);
}

void UnpackBlockFromScript(const Napi::CallbackInfo &info) {
  Napi::Uint8Array stored = info[0].As<Napi::Uint8Array>();
  Napi::Uint8Array into = info[1].As<Napi::Uint8Array>();
  Napi::Uint32Array results = info[3].As<Napi::Uint32Array>();
  results[0] = Uncompress(KindOf(info[2]), stored.Data(), stored.ByteLength(), into.Data(),
                          into.ByteLength(), MemoryOfThisThread());
  results[1] = Crc32c(into.Data(), into.ByteLength());
}

Napi::Value Crc32cFromScript(const Napi::CallbackInfo &info) {
  Napi::Uint8Array bytes = info[0].As<Napi::Uint8Array>();
  return Napi::Number::New(
      info.Env(),
      Crc32c(bytes.Data(), bytes.ByteLength(), info[1].As<Napi::Number>().Uint32Value()));
}
