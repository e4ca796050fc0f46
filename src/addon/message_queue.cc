// SPDX-License-Identifier: GPL-2.0-or-later
// System V message queues as a JavaScript class: sending without waiting, receiving on a thread
// that sleeps in msgrcv.
#include "message_queue.h"

#include <pthread.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "error.h"

namespace {

// Ends a sleeping msgrcv; its handler does nothing.
const int kWakeSignal = SIGRTMIN + 5;
// Messages on their way to JavaScript; when there are more, the rest stays in the kernel's queue.
const size_t kMessagesInFlight = 64;

// What msgsnd and msgrcv take: the type, then the bytes.
class Envelope {
 public:
  explicit Envelope(size_t room) : words_(1 + (room + sizeof(long) - 1) / sizeof(long)) {}
  long *type() { return &words_[0]; }
  char *bytes() { return reinterpret_cast<char *>(&words_[1]); }

 private:
  std::vector<long> words_;
};

// The queue behind a key. It may be removed and made anew at any time by other programs.
class Queue {
 public:
  Queue(key_t key, bool create) : key_(key), create_(create) {}

  bool Open() {
    id_ = msgget(key_, create_ ? IPC_CREAT | 0660 : 0);
    if (id_ < 0 || !create_ || IsTrusted()) return id_ >= 0;
    id_ = -1;
    errno = ENOTUNIQ;
    return false;
  }

  // What to do about a queue somebody else made.
  std::string Remedy() const {
    char key[11];
    snprintf(key, sizeof(key), "0x%08x", static_cast<unsigned>(key_));
    return std::string("the message queue was made by a stranger: remove it with ipcrm --queue-key ") + key;
  }

  // True when `error` told of a removed queue and there is a new one now.
  bool Renew(int error) { return (error == EIDRM || error == EINVAL) && Open(); }

  int id() const { return id_; }

 private:
  // Anybody can make a queue of this key before the daemons do, and would then read and send what he likes: only
  // root, the own user and the own group are trusted.
  bool IsTrusted() const {
    msqid_ds status;
    if (msgctl(id_, IPC_STAT, &status) != 0) return false;
    const ipc_perm &made = status.msg_perm;
    return made.cuid == 0 || made.cuid == geteuid() || made.cgid == getegid();
  }

  const key_t key_;
  const bool create_;
  std::atomic<int> id_{-1};
};

struct Event {
  int error;  // 0: a message; EIDRM: the queue was removed and made anew; else the receiver's trouble
  bool truncated;
  std::vector<char> bytes;
};

// A thread that waits for the messages of one type.
class Receiver {
 public:
  Receiver(Queue &queue, long type, size_t limit, Napi::ThreadSafeFunction deliver)
      : queue_(queue), type_(type), limit_(limit), deliver_(deliver) {}

  // Returns 0 or an errno. The thread takes no signal but its own.
  int Start() {
    struct sigaction action = {};
    action.sa_handler = [](int) {};
    sigaction(kWakeSignal, &action, nullptr);
    sigset_t all, before;
    sigfillset(&all);
    sigdelset(&all, kWakeSignal);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int error = pthread_create(&thread_, nullptr, Main, this);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return error;
  }

  // Ends the thread. A signal that arrives between the look at stop_ and msgrcv is lost, so it is
  // sent until the thread is gone.
  void Stop() {
    stop_ = true;
    deliver_.Abort();
    timespec until;
    do {
      pthread_kill(thread_, kWakeSignal);
      clock_gettime(CLOCK_REALTIME, &until);
      until.tv_nsec += 1000000;
      if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
      }
    } while (pthread_timedjoin_np(thread_, nullptr, &until) == ETIMEDOUT);
  }

 private:
  static void *Main(void *self) {
    static_cast<Receiver *>(self)->Run();
    return nullptr;
  }

  void Run() {
    // One byte more than the limit tells a message that fits from one that was cut.
    Envelope envelope(limit_ + 1);
    while (!stop_) {
      const ssize_t length =
          msgrcv(queue_.id(), envelope.type(), limit_ + 1, type_, MSG_NOERROR);
      if (length >= 0) {
        const size_t kept = std::min<size_t>(length, limit_);
        Deliver({0, kept < static_cast<size_t>(length),
                 std::vector<char>(envelope.bytes(), envelope.bytes() + kept)});
      } else if (errno != EINTR) {
        Recover(errno);
      }
    }
  }

  void Recover(int error) {
    if (queue_.Renew(error)) {
      Deliver({EIDRM, false, {}});
      return;
    }
    Deliver({errno, false, {}});
    const timespec pause = {1, 0};
    if (!stop_) nanosleep(&pause, nullptr);
  }

  // Waits when JavaScript is behind.
  void Deliver(Event &&event) {
    Event *parcel = new Event(std::move(event));
    const auto call = [](Napi::Env env, Napi::Function callback, Event *delivered) {
      std::unique_ptr<Event> owner(delivered);
      Napi::Value error = delivered->error == 0
                              ? env.Null()
                              : SystemError(env, delivered->error, "message queue").Value();
      callback.Call({error,
                     Napi::Buffer<char>::Copy(env, delivered->bytes.data(), delivered->bytes.size()),
                     Napi::Boolean::New(env, delivered->truncated)});
      RaiseUncaught(env);
    };
    if (deliver_.BlockingCall(parcel, call) != napi_ok) delete parcel;
  }

  Queue &queue_;
  const long type_;
  const size_t limit_;
  Napi::ThreadSafeFunction deliver_;
  pthread_t thread_;
  std::atomic<bool> stop_{false};
};

class MessageQueue : public Napi::ObjectWrap<MessageQueue> {
 public:
  static Napi::Function Define(Napi::Env env) {
    return DefineClass(env, "MessageQueue",
                       {InstanceMethod<&MessageQueue::Send>("send"),
                        InstanceMethod<&MessageQueue::Take>("take"),
                        InstanceMethod<&MessageQueue::Receive>("receive"),
                        InstanceMethod<&MessageQueue::Close>("close")});
  }

  // new MessageQueue(key: number, create: boolean)
  explicit MessageQueue(const Napi::CallbackInfo &info)
      : Napi::ObjectWrap<MessageQueue>(info),
        queue_(info[0].ToNumber().Int32Value(), info[1].ToBoolean()) {
    if (queue_.Open()) return;
    const int error = errno;
    ThrowSystemError(info.Env(), error, error == ENOTUNIQ ? queue_.Remedy() : "msgget");
  }

  ~MessageQueue() override { StopAll(); }

 private:
  // send(type: number, bytes: Uint8Array): never waits; throws EAGAIN when the queue is full
  Napi::Value Send(const Napi::CallbackInfo &info) {
    Napi::Env env = info.Env();
    if (info.Length() < 2 || !info[0].IsNumber() || !info[1].IsTypedArray()) {
      Napi::TypeError::New(env, "send(type, bytes)").ThrowAsJavaScriptException();
      return env.Undefined();
    }
    Napi::Uint8Array bytes = info[1].As<Napi::Uint8Array>();
    Envelope envelope(bytes.ByteLength());
    *envelope.type() = info[0].As<Napi::Number>().Int64Value();
    memcpy(envelope.bytes(), bytes.Data(), bytes.ByteLength());
    int sent = msgsnd(queue_.id(), envelope.type(), bytes.ByteLength(), IPC_NOWAIT);
    if (sent < 0 && queue_.Renew(errno))
      sent = msgsnd(queue_.id(), envelope.type(), bytes.ByteLength(), IPC_NOWAIT);
    if (sent < 0) return ThrowSystemError(env, errno, "msgsnd");
    return env.Undefined();
  }

  // take(type: number, limit: number): Buffer | undefined - a message that waits already, cut to limit
  Napi::Value Take(const Napi::CallbackInfo &info) {
    Napi::Env env = info.Env();
    const size_t limit = info[1].ToNumber().Uint32Value();
    Envelope envelope(limit);
    const long type = info[0].ToNumber().Int64Value();
    const ssize_t length =
        msgrcv(queue_.id(), envelope.type(), limit, type, IPC_NOWAIT | MSG_NOERROR);
    if (length >= 0) return Napi::Buffer<char>::Copy(env, envelope.bytes(), length);
    if (errno != ENOMSG && !queue_.Renew(errno)) return ThrowSystemError(env, errno, "msgrcv");
    return env.Undefined();
  }

  // receive(type: number, limit: number, callback: (error, bytes, truncated) => void)
  Napi::Value Receive(const Napi::CallbackInfo &info) {
    Napi::Env env = info.Env();
    if (info.Length() < 3 || !info[0].IsNumber() || !info[1].IsNumber() || !info[2].IsFunction()) {
      Napi::TypeError::New(env, "receive(type, limit, callback)").ThrowAsJavaScriptException();
      return env.Undefined();
    }
    auto deliver = Napi::ThreadSafeFunction::New(env, info[2].As<Napi::Function>(),
                                                 "mhvtl.MessageQueue", kMessagesInFlight, 1);
    auto receiver = std::make_unique<Receiver>(
        queue_, info[0].As<Napi::Number>().Int64Value(),
        info[1].As<Napi::Number>().Uint32Value(), deliver);
    const int error = receiver->Start();
    if (error) {
      deliver.Abort();
      return ThrowSystemError(env, error, "receiver thread");
    }
    if (receivers_.empty()) Ref();
    receivers_.push_back(std::move(receiver));
    return env.Undefined();
  }

  // close(): ends the receivers; the queue itself stays
  Napi::Value Close(const Napi::CallbackInfo &info) {
    const bool receiving = !receivers_.empty();
    StopAll();
    if (receiving) Unref();
    return info.Env().Undefined();
  }

  void StopAll() {
    for (auto &receiver : receivers_) receiver->Stop();
    receivers_.clear();
  }

  Queue queue_;
  std::vector<std::unique_ptr<Receiver>> receivers_;
};

}  // namespace

Napi::Function DefineMessageQueue(Napi::Env env) { return MessageQueue::Define(env); }
