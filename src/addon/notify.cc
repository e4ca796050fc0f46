// SPDX-License-Identifier: GPL-2.0-or-later
// Datagrams to the service manager and to the journal.
#include "notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <string>

#include "error.h"

// Returns 0 or an errno.
static int SendDatagram(const std::string &name, const std::string &text) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (name.empty() || name.size() >= sizeof(address.sun_path)) return EINVAL;
  name.copy(address.sun_path, name.size());
  if (name[0] == '@') address.sun_path[0] = '\0';
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  const ssize_t sent = sendto(fd, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                              reinterpret_cast<sockaddr *>(&address),
                              offsetof(sockaddr_un, sun_path) + name.size());
  const int error = sent < 0 ? errno : 0;
  close(fd);
  return error;
}

Napi::Value NotifyFromScript(const Napi::CallbackInfo &info) {
  Napi::Env env = info.Env();
  const bool text = info.Length() > 1 && info[1].IsString();
  if (info.Length() < 2 || !info[0].IsString() || !(text || info[1].IsBuffer())) {
    Napi::TypeError::New(env, "notify(socket, text or bytes)").ThrowAsJavaScriptException();
    return env.Undefined();
  }
  const std::string name = info[0].As<Napi::String>();
  std::string bytes;
  if (text) {
    bytes = info[1].As<Napi::String>();
  } else {
    const auto buffer = info[1].As<Napi::Buffer<char>>();
    bytes.assign(buffer.Data(), buffer.Length());
  }
  const int error = SendDatagram(name, bytes);
  if (error) return ThrowSystemError(env, error, "sending to " + name);
  return env.Undefined();
}
