// SPDX-License-Identifier: GPL-2.0-or-later
// Page-aligned memory that JavaScript and the kernel share.
#include "memory.h"

#include <malloc.h>
#include <sys/mman.h>

#include <cerrno>

#include "error.h"

Napi::ArrayBuffer MapPages(Napi::Env env, size_t bytes, bool large) {
  void *pages = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (pages == MAP_FAILED) {
    ThrowSystemError(env, errno, "mapping " + std::to_string(bytes) + " bytes");
    return Napi::ArrayBuffer();
  }
  // A kernel that has none leaves them small.
  if (large) madvise(pages, bytes, MADV_HUGEPAGE);
  return Napi::ArrayBuffer::New(env, pages, bytes, [bytes](Napi::Env, void *unused) {
    munmap(unused, bytes);
  });
}

Napi::Value MapPagesFromScript(const Napi::CallbackInfo &info) {
  if (info.Length() < 1 || !info[0].IsNumber()) {
    Napi::TypeError::New(info.Env(), "mapPages(bytes, large)").ThrowAsJavaScriptException();
    return info.Env().Undefined();
  }
  return MapPages(info.Env(), info[0].As<Napi::Number>().Int64Value(), info[1].ToBoolean());
}

void ReleasePagesFromScript(const Napi::CallbackInfo &info) {
  if (info.Length() < 2 || !info[0].IsArrayBuffer() || !info[1].IsNumber()) {
    Napi::TypeError::New(info.Env(), "releasePages(buffer, from)").ThrowAsJavaScriptException();
    return;
  }
  Napi::ArrayBuffer buffer = info[0].As<Napi::ArrayBuffer>();
  const size_t from = info[1].As<Napi::Number>().Uint32Value();
  if (from >= buffer.ByteLength()) return;
  char *start = static_cast<char *>(buffer.Data()) + from;
  if (madvise(start, buffer.ByteLength() - from, MADV_DONTNEED) != 0)
    ThrowSystemError(info.Env(), errno, "madvise at offset " + std::to_string(from));
}

void TrimMallocFromScript(const Napi::CallbackInfo &) {
  malloc_trim(0);
}
