// A C bridge over libtorch's dispatcher: any operator is called by its schema name ("aten::matmul") with a stack of values.
// Autograd works through it, since the dispatcher is what C++ and Python call too. Beside the calls there is only what is no
// operator: tensor lifetime, raw data, gradients, modes. Compiles unchanged against libtorch 1.13 and 2.x.
//
// Every function that can fail returns a negative number (or null) and leaves its message in rt_last_error of this thread.
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/torch.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#define RT_EXPORT extern "C" __attribute__((visibility("default")))

namespace {

thread_local std::string last_error;

// The kinds of value that cross the bridge; the same numbers stand in Value.cs.
enum Tag : int64_t { None = 0, TensorTag = 1, Int = 2, Double = 3, Bool = 4, IntList = 5, TensorList = 6, DeviceName = 7 };

struct Value {
    int64_t tag;
    int64_t length;     // of a list
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};

at::Tensor& tensor(const void* handle) { return *static_cast<at::Tensor*>(const_cast<void*>(handle)); }

void* handle_of(at::Tensor t) { return new at::Tensor(std::move(t)); }

std::vector<at::Tensor> tensors(void* const* handles, int64_t count) {
    std::vector<at::Tensor> list;
    list.reserve(count);
    for (int64_t i = 0; i < count; i++)
        list.push_back(handles[i] == nullptr ? at::Tensor() : tensor(handles[i]));
    return list;
}

c10::IValue to_ivalue(const Value& v) {
    switch (v.tag) {
        case None: return c10::IValue();
        case TensorTag: return c10::IValue(tensor(v.pointer));
        case Int: return c10::IValue(v.integer);
        case Double: return c10::IValue(v.real);
        case Bool: return c10::IValue(v.integer != 0);
        case IntList: {
            auto* p = static_cast<const int64_t*>(v.pointer);
            return c10::IValue(std::vector<int64_t>(p, p + v.length));
        }
        case TensorList: return c10::IValue(tensors(static_cast<void* const*>(v.pointer), v.length));
        case DeviceName: return c10::IValue(c10::Device(std::string(static_cast<const char*>(v.pointer), v.length)));
    }
    throw std::invalid_argument("value with unknown tag " + std::to_string(v.tag));
}

// Runs body, turning any exception into the thread's last error and the given result.
template <typename R, typename F>
R guarded(R failed, F body) {
    try {
        return body();
    } catch (const c10::Error& e) {
        last_error = e.what_without_backtrace();
    } catch (const std::exception& e) {
        last_error = e.what();
    }
    return failed;
}

}  // namespace

RT_EXPORT const char* rt_last_error() { return last_error.c_str(); }

// ---- operators -----------------------------------------------------------------------------------------------------------------

// Finds an operator ("aten::add", "Tensor"); the handle lives as long as the process. Null when there is none.
RT_EXPORT void* rt_operator(const char* name, const char* overload) {
    return guarded<void*>(nullptr, [&]() -> void* {
        return new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
    });
}

// Calls an operator. Arguments that are left out at the end take the schema's defaults. Results are tensors, flattened from
// tuples and lists in order; returns how many were written to results (at most capacity), negative on failure.
RT_EXPORT int64_t rt_call(void* op, const Value* arguments, int64_t count, void** results, int64_t capacity) {
    return guarded<int64_t>(-1, [&]() -> int64_t {
        auto& handle = *static_cast<c10::OperatorHandle*>(op);
        const auto& schema = handle.schema().arguments();
        torch::jit::Stack stack;
        stack.reserve(schema.size());
        for (int64_t i = 0; i < count; i++)
            stack.push_back(to_ivalue(arguments[i]));
        for (size_t i = count; i < schema.size(); i++) {
            if (!schema[i].default_value())
                throw std::invalid_argument("argument '" + schema[i].name() + "' of " + handle.schema().name() + " has no default");
            stack.push_back(*schema[i].default_value());
        }
        handle.callBoxed(&stack);

        int64_t written = 0;
        auto add = [&](const at::Tensor& t) {
            if (written == capacity)
                throw std::length_error(handle.schema().name() + " returned more than " + std::to_string(capacity) + " tensors");
            results[written++] = handle_of(t);
        };
        for (const auto& value : stack) {
            if (value.isTensor())
                add(value.toTensor());
            else if (value.isTensorList())
                for (const at::Tensor& t : value.toTensorVector())
                    add(t);
            else
                throw std::invalid_argument(handle.schema().name() + " returns something other than tensors");
        }
        return written;
    });
}

// ---- tensors -------------------------------------------------------------------------------------------------------------------

RT_EXPORT void rt_free(void* t) { delete static_cast<at::Tensor*>(t); }
RT_EXPORT int64_t rt_dim(void* t) { return tensor(t).dim(); }
RT_EXPORT int64_t rt_size(void* t, int64_t dim) { return tensor(t).size(dim); }
RT_EXPORT int64_t rt_numel(void* t) { return tensor(t).numel(); }
RT_EXPORT int64_t rt_element_size(void* t) { return tensor(t).element_size(); }
RT_EXPORT int64_t rt_dtype(void* t) { return static_cast<int64_t>(tensor(t).scalar_type()); }
RT_EXPORT int64_t rt_is_contiguous(void* t) { return tensor(t).is_contiguous(); }
RT_EXPORT int64_t rt_is_cuda(void* t) { return tensor(t).is_cuda(); }
RT_EXPORT void* rt_data(void* t) {
    return guarded<void*>(nullptr, [&] { return tensor(t).data_ptr(); });
}

// The value of a one-element tensor; returns negative on failure.
RT_EXPORT int64_t rt_item(void* t, double* value) {
    return guarded<int64_t>(-1, [&] { *value = tensor(t).item().toDouble(); return 0; });
}

// ---- autograd ------------------------------------------------------------------------------------------------------------------

RT_EXPORT int64_t rt_requires_grad(void* t) { return tensor(t).requires_grad(); }
RT_EXPORT int64_t rt_set_requires_grad(void* t, int64_t value) {
    return guarded<int64_t>(-1, [&] { tensor(t).set_requires_grad(value != 0); return 0; });
}

// The accumulated gradient, or null where there is none.
RT_EXPORT void* rt_grad(void* t) {
    const at::Tensor& g = tensor(t).grad();
    return g.defined() ? handle_of(g) : nullptr;
}

RT_EXPORT void rt_clear_grad(void* t) { tensor(t).mutable_grad() = at::Tensor(); }

RT_EXPORT int64_t rt_backward(void* t) {
    return guarded<int64_t>(-1, [&] { tensor(t).backward(); return 0; });
}

// d(sum of outputs)/d(inputs[i]) into gradients[i].
RT_EXPORT int64_t rt_gradients(void* const* outputs, int64_t output_count, void* const* inputs, int64_t input_count, void** gradients,
                               int64_t retain_graph, int64_t create_graph) {
    return guarded<int64_t>(-1, [&] {
        auto found = torch::autograd::grad(tensors(outputs, output_count), tensors(inputs, input_count), {},
                                           retain_graph != 0, create_graph != 0);
        for (int64_t i = 0; i < input_count; i++)
            gradients[i] = handle_of(found[i]);
        return 0;
    });
}

RT_EXPORT int64_t rt_grad_enabled() { return at::GradMode::is_enabled(); }
RT_EXPORT void rt_set_grad_enabled(int64_t enabled) { at::GradMode::set_enabled(enabled != 0); }

// ---- process -------------------------------------------------------------------------------------------------------------------

RT_EXPORT void rt_manual_seed(int64_t seed) { torch::manual_seed(seed); }
RT_EXPORT int64_t rt_get_num_threads() { return at::get_num_threads(); }
RT_EXPORT void rt_set_num_threads(int64_t count) { at::set_num_threads(static_cast<int>(count)); }
RT_EXPORT int64_t rt_cuda_is_available() { return torch::cuda::is_available(); }
