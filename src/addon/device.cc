// SPDX-License-Identifier: GPL-2.0-or-later
// /dev/mhvtl as a JavaScript class: the ioctls of mhvtl.h, and readiness by the event loop.
#include "device.h"

#include <fcntl.h>
#include <mhvtl.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <uv.h>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <string>

#include "error.h"
#include "memory.h"

namespace {

// What JavaScript and the kernel share for the length of one exchange.
struct Window {
  mhvtl_request request;
  mhvtl_reply reply;
  __u32 errors[2];  // of the last exchange: the reply's errno, the fetch's errno
  double times[1];  // of the last exchange: replied_ns
};

class Device : public Napi::ObjectWrap<Device> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "Device",
                       {InstanceMethod<&Device::Info>("info"),
                        InstanceMethod<&Device::Attach>("attach"),
                        InstanceMethod<&Device::Detach>("detach"),
                        InstanceMethod<&Device::Exchange>("exchange"),
                        InstanceMethod<&Device::Watch>("watch"),
                        InstanceMethod<&Device::Unwatch>("unwatch"),
                        InstanceMethod<&Device::Close>("close")});
  }

  // new Device(path)
  explicit Device(const Napi::CallbackInfo &info) : Napi::ObjectWrap<Device>(info) {
    Napi::Env env = info.Env();
    if (info.Length() < 1 || !info[0].IsString()) {
      Napi::TypeError::New(env, "new Device(path)").ThrowAsJavaScriptException();
      return;
    }
    path_ = info[0].As<Napi::String>().Utf8Value();
    Napi::ArrayBuffer pages = MapPages(env, sizeof(Window), false);
    if (pages.IsEmpty()) return;
    window_ = static_cast<Window *>(pages.Data());
    pages_ = Napi::Persistent(pages.As<Napi::Object>());
    descriptor_ = open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (descriptor_ < 0) {
      ThrowSystemError(env, errno, "open " + path_);
      return;
    }
    Napi::Object self = info.This().As<Napi::Object>();
    self.Set("request", View(env, offsetof(Window, request), sizeof(mhvtl_request)));
    self.Set("reply", View(env, offsetof(Window, reply), sizeof(mhvtl_reply)));
    self.Set("errors", Napi::Uint32Array::New(env, 2, pages, offsetof(Window, errors)));
    self.Set("times", Napi::Float64Array::New(env, 1, pages, offsetof(Window, times)));
  }

  ~Device() override { Shut(); }

 private:
  Napi::Value View(Napi::Env env, size_t offset, size_t length) {
    return Napi::Uint8Array::New(env, length, pages_.Value().As<Napi::ArrayBuffer>(), offset);
  }

  // An ioctl whose argument is a structure in a Uint8Array of exactly its size.
  Napi::Value Control(const Napi::CallbackInfo &info, unsigned long code, size_t size,
                      const char *name) {
    Napi::Env env = info.Env();
    if (info.Length() < 1 || !info[0].IsTypedArray() ||
        info[0].As<Napi::TypedArray>().ByteLength() != size) {
      Napi::TypeError::New(env, std::string(name) + " takes " + std::to_string(size) + " bytes")
          .ThrowAsJavaScriptException();
      return env.Undefined();
    }
    void *structure = info[0].As<Napi::Uint8Array>().Data();
    if (ioctl(descriptor_, code, structure) < 0)
      return ThrowSystemError(env, errno, std::string(name) + " " + path_);
    return env.Undefined();
  }

  // info(bytes of a struct mhvtl_info): filled
  Napi::Value Info(const Napi::CallbackInfo &info) {
    return Control(info, MHVTL_IOC_INFO, sizeof(mhvtl_info), "info");
  }

  // attach(bytes of a struct mhvtl_attach): filled
  Napi::Value Attach(const Napi::CallbackInfo &info) {
    return Control(info, MHVTL_IOC_ATTACH, sizeof(mhvtl_attach), "attach");
  }

  // detach()
  Napi::Value Detach(const Napi::CallbackInfo &info) {
    if (ioctl(descriptor_, MHVTL_IOC_DETACH) < 0)
      return ThrowSystemError(info.Env(), errno, "detach " + path_);
    return info.Env().Undefined();
  }

  // exchange(reply: boolean, dataIn: Uint8Array | null, fetch: boolean, dataOut: Uint8Array | null,
  //          waitMicroseconds: number): boolean - true when `request` was filled.
  // The outcome of both halves is in `errors`; nothing is thrown.
  Napi::Value Exchange(const Napi::CallbackInfo &info) {
    mhvtl_exchange exchange = {};
    if (info[0].ToBoolean()) exchange.reply = reinterpret_cast<uintptr_t>(&window_->reply);
    if (info[1].IsTypedArray()) {
      Napi::Uint8Array data = info[1].As<Napi::Uint8Array>();
      exchange.data_in = reinterpret_cast<uintptr_t>(data.Data());
      exchange.data_in_length = data.ByteLength();
    }
    if (info[2].ToBoolean()) exchange.request = reinterpret_cast<uintptr_t>(&window_->request);
    if (info[3].IsTypedArray()) {
      Napi::Uint8Array data = info[3].As<Napi::Uint8Array>();
      exchange.data_out = reinterpret_cast<uintptr_t>(data.Data());
      exchange.data_out_size = data.ByteLength();
    }
    exchange.wait_us = info[4].ToNumber().Uint32Value();
    const int fetched = ioctl(descriptor_, MHVTL_IOC_EXCHANGE, &exchange);
    window_->errors[0] = exchange.reply_error;
    window_->errors[1] = fetched < 0 ? errno : 0;
    window_->times[0] = static_cast<double>(exchange.replied_ns);
    return Napi::Boolean::New(info.Env(), fetched > 0);
  }

  // watch(callback): called from the event loop as long as the descriptor is readable
  Napi::Value Watch(const Napi::CallbackInfo &info) {
    Napi::Env env = info.Env();
    if (info.Length() < 1 || !info[0].IsFunction()) {
      Napi::TypeError::New(env, "watch(callback)").ThrowAsJavaScriptException();
      return env.Undefined();
    }
    if (!poll_) {
      uv_loop_t *loop = nullptr;
      napi_get_uv_event_loop(env, &loop);
      uv_poll_t *poll = new uv_poll_t;
      const int error = uv_poll_init(loop, poll, descriptor_);
      if (error) {
        delete poll;
        return ThrowSystemError(env, -error, "poll " + path_);
      }
      poll->data = this;
      poll_ = poll;
      context_ = std::make_unique<Napi::AsyncContext>(env, "mhvtl.Device");
      Ref();
    }
    callback_ = Napi::Persistent(info[0].As<Napi::Function>());
    const int error = uv_poll_start(poll_, UV_READABLE, OnReadable);
    if (error) return ThrowSystemError(env, -error, "poll " + path_);
    return env.Undefined();
  }

  // unwatch(): pauses the calls
  Napi::Value Unwatch(const Napi::CallbackInfo &info) {
    if (poll_) uv_poll_stop(poll_);
    return info.Env().Undefined();
  }

  // close(): a unit that was not detached becomes an orphan
  Napi::Value Close(const Napi::CallbackInfo &info) {
    const bool watched = poll_ != nullptr;
    Shut();
    callback_.Reset();
    context_.reset();
    if (watched) Unref();
    return info.Env().Undefined();
  }

  void Shut() {
    if (poll_) {
      uv_poll_stop(poll_);
      uv_close(reinterpret_cast<uv_handle_t *>(poll_),
               [](uv_handle_t *handle) { delete reinterpret_cast<uv_poll_t *>(handle); });
      poll_ = nullptr;
    }
    if (descriptor_ >= 0) close(descriptor_);
    descriptor_ = -1;
  }

  static void OnReadable(uv_poll_t *poll, int, int) {
    Device *self = static_cast<Device *>(poll->data);
    Napi::Env env = self->Env();
    Napi::HandleScope scope(env);
    self->callback_.Value().MakeCallback(self->Value(), {}, *self->context_);
    RaiseUncaught(env);
  }

  std::string path_;
  int descriptor_ = -1;
  Window *window_ = nullptr;
  Napi::ObjectReference pages_;
  uv_poll_t *poll_ = nullptr;
  Napi::FunctionReference callback_;
  std::unique_ptr<Napi::AsyncContext> context_;
};

}  // namespace

Napi::Function DefineDevice(Napi::Env env) { return Device::Define(env); }
