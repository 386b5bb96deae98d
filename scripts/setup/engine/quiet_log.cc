// Keeps TensorFlow from writing two lines to stderr in every process that loads it ("oneDNN custom operations are on ...").
// They are written while the library loads, and no environment variable stops them. This is a library of its own that
// depends on none of TensorFlow's and that the binding names last: the loader initialises such a one before them, and
// the function, which only stores a number, is found weakly among what is being loaded.
// Its name carries the version of Abseil in TensorFlow 2.21; with another one the symbol is missing and nothing happens.
namespace absl {
inline namespace lts_20250814 {
enum class LogSeverityAtLeast : int;
void SetMinLogLevel(LogSeverityAtLeast) __attribute__((weak));
}  // namespace lts_20250814
}  // namespace absl

namespace {
constexpr int kError = 2;
const bool quiet = [] {
  if (absl::SetMinLogLevel != nullptr) absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(kError));
  return true;
}();
}  // namespace
