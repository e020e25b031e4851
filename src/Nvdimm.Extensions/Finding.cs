namespace Nvdimm.Extensions;

/// <summary>
/// One thing that was found out about a device, a layout, an operation or an input: a code with named arguments and no prose.
/// The English text of every code is in <see cref="FindingTexts"/>.
/// </summary>
/// <param name="Code">The engine's literal name, or one of our own (<see cref="NvdimmCodes"/>), which start with <c>NVDIMM_</c>.</param>
/// <param name="Severity">Whether it refuses or only warns.</param>
/// <param name="Arguments">What the text names, in the order in which it was given.</param>
public sealed record Finding(string Code, Severity Severity, ValueList<FindingArgument> Arguments)
{
    /// <summary>Whether it refuses or only warns.</summary>
    public Severity Severity { get; init => field = EnumArgument.Checked(value); } = EnumArgument.Checked(Severity);

    /// <summary>The English text, with the arguments filled in.</summary>
    public string Message => FindingTexts.Format(this);

    /// <summary>The value of an argument, or null where this finding has none of that name.</summary>
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

    /// <summary>A finding that refuses.</summary>
    public static Finding Error(string code, params ReadOnlySpan<FindingArgument> arguments) => new(code, Severity.Error, [.. arguments]);

    /// <summary>A finding that lets the operation pass.</summary>
    public static Finding Warning(string code, params ReadOnlySpan<FindingArgument> arguments) => new(code, Severity.Warning, [.. arguments]);

    /// <summary>The code and the text.</summary>
    public override string ToString() => $"{Code}: {Message}";
}
