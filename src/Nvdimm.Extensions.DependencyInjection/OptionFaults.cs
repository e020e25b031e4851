using Microsoft.Extensions.Options;

namespace Nvdimm.Extensions.DependencyInjection;

/// <summary>Collects all faults of options. Each fault names class, key and value. Not safe for use by several threads.</summary>
/// <param name="type">The name of the class.</param>
/// <param name="name">The name of the options; null or empty for options without a name.</param>
internal sealed class OptionFaults(string type, string? name)
{
    private readonly List<string> faults = [];

    /// <summary>The result of the check, with all faults.</summary>
    public ValidateOptionsResult Result => faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

    /// <summary>Adds a fault.</summary>
    /// <param name="key">The property.</param>
    /// <param name="value">The value; null to show none.</param>
    /// <param name="fault">What is wrong, and what to do.</param>
    public void Add(string key, object? value, string fault) =>
        faults.Add($"{type}{(string.IsNullOrEmpty(name) ? "" : $"[{name}]")}.{key}: {(value is null ? "" : $"'{value}': ")}{fault}");

    /// <summary>Adds a fault if a function throws.</summary>
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

    /// <summary>Adds a fault if the enum does not define the value.</summary>
    public void Check<T>(string key, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Add(key, value, $"{typeof(T).Name} has {string.Join(", ", Enum.GetNames<T>())}");
        }
    }

    /// <summary>The message of an exception, without the parameter name that the runtime appends.</summary>
    private static string Words(Exception bad) => bad is ArgumentException ? bad.Message.Split(" (Parameter '", 2)[0] : bad.Message;
}
