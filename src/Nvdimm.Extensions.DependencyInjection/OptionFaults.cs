using Microsoft.Extensions.Options;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Gathers everything that is wrong with options: each fault names class, key and value.</summary>
/// <param name="type">The name of the class.</param>
/// <param name="name">The name of the options; null or empty for those without.</param>
internal sealed class OptionFaults(string type, string? name)
{
    private readonly List<string> faults = [];

    /// <summary>What was found.</summary>
    public ValidateOptionsResult Result => faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

    /// <summary>Something is wrong.</summary>
    /// <param name="key">The property.</param>
    /// <param name="value">What it is; null where nothing is shown of it.</param>
    /// <param name="fault">What is wrong, and what to do.</param>
    public void Add(string key, object? value, string fault) =>
        faults.Add($"{type}{(string.IsNullOrEmpty(name) ? "" : $"[{name}]")}.{key}: {(value is null ? "" : $"'{value}': ")}{fault}");

    /// <summary>Something is wrong if a function throws.</summary>
    public void Try(string key, object? value, Action read)
    {
        try
        {
            read();
        }
        catch (Exception bad) when (bad is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            Add(key, value, Words(bad));
        }
    }

    /// <summary>The value is none of its enum.</summary>
    public void Check<T>(string key, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Add(key, value, $"{typeof(T).Name} has {string.Join(", ", Enum.GetNames<T>())}");
        }
    }

    /// <summary>Without what the runtime adds to the message of an argument.</summary>
    private static string Words(Exception bad) => bad is ArgumentException ? bad.Message.Split(" (Parameter '", 2)[0] : bad.Message;
}
