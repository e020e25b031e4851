namespace Nvdimm.Extensions;

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
