namespace Nvdimm.Extensions;

/// <summary>
/// A fact about a device, a layout, an operation or an input that a person should know: a code with named arguments and no prose. The
/// English text of every code is in <see cref="FindingTexts"/>.
/// </summary>
/// <param name="Code">The engine's literal name, or one of our own (<see cref="NvdimmCodes"/>), which start with <c>NVDIMM_</c>.</param>
/// <param name="Severity">Whether the finding refuses or only warns.</param>
/// <param name="Arguments">The values for the placeholders of the text, in the order in which they were given.</param>
public sealed record Finding(string Code, Severity Severity, ValueList<FindingArgument> Arguments)
{
    /// <summary>The engine's literal name, or one of our own.</summary>
    public string Code { get; init => field = NullArgument.Checked(value); } = NullArgument.Checked(Code);

    /// <summary>Whether the finding refuses or only warns.</summary>
    public Severity Severity { get; init => field = EnumArgument.Checked(value, last: Severity.Error); } =
        EnumArgument.Checked(Severity, last: Severity.Error);

    /// <summary>The values for the placeholders of the text, in the order in which they were given.</summary>
    public ValueList<FindingArgument> Arguments { get; init => field = NullArgument.Checked(value); } = NullArgument.Checked(Arguments);

    /// <summary>The English text with the arguments filled in.</summary>
    public string Message => FindingTexts.Format(this);

    /// <summary>The value of an argument; null if the finding has no argument of that name.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var argument in Arguments)
            {
                if (string.Equals(argument.Name, name, StringComparison.Ordinal))
                {
                    return argument.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Creates a finding that refuses.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    public static Finding Error(string code, params ReadOnlySpan<FindingArgument> arguments) =>
        new(NullArgument.Checked(code, nameof(code)), Severity.Error, [.. arguments]);

    /// <summary>Creates a finding that warns.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    public static Finding Warning(string code, params ReadOnlySpan<FindingArgument> arguments) =>
        new(NullArgument.Checked(code, nameof(code)), Severity.Warning, [.. arguments]);

    /// <summary>The code and the text.</summary>
    public override string ToString() => $"{Code}: {Message}";
}

/// <summary>The effect of a finding on an operation.</summary>
public enum Severity
{
    /// <summary>The operation continues; a person should know of the finding.</summary>
    Warning,

    /// <summary>The operation is refused, or the device is unusable.</summary>
    Error,
}

/// <summary>A named argument of a <see cref="Finding"/>.</summary>
/// <param name="Name">The name, as the text spells it: <c>device</c> for <c>${device}</c>.</param>
/// <param name="Value">The value as text. A size is its number of bytes.</param>
public readonly record struct FindingArgument(string Name, string Value)
{
    /// <summary>Converts a pair, so that findings can be written as <c>("device", name)</c>.</summary>
    public static implicit operator FindingArgument((string Name, string Value) pair) => new(pair.Name, pair.Value);

    /// <summary>Converts a pair, as the implicit conversion does.</summary>
    public static FindingArgument ToFindingArgument((string Name, string Value) pair) => pair;

    /// <summary>Returns <c>name=value</c>.</summary>
    public override string ToString() => $"{Name}={Value}";
}
