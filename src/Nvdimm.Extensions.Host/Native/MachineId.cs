namespace Nvdimm.Extensions.Host.Native;

/// <summary>Identifies hosts.</summary>
public static class MachineId
{
    private const int Length = 32;

    /// <summary>
    /// The id of a host (<c>machine-id(5)</c>): 32 lower-case hexadecimal digits; this machine's name if there is no such file. A root
    /// folder without an id of its own counts as this machine.
    /// </summary>
    /// <param name="root">The folder below which <c>etc</c> is; <c>/</c>, except in tests.</param>
    /// <exception cref="ArgumentNullException"><paramref name="root"/> is null.</exception>
    /// <exception cref="IOException">The file exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the file.</exception>
    public static string Of(string root = "/")
    {
        ArgumentNullException.ThrowIfNull(root);
        return Read(root) ?? (root == "/" ? null : Read("/")) ?? Environment.MachineName;
    }

    /// <summary>Whether a root has an id of its own. That of an image is empty or <c>uninitialized</c> until its first boot.</summary>
    /// <param name="root">The folder below which <c>etc</c> is.</param>
    /// <exception cref="ArgumentNullException"><paramref name="root"/> is null.</exception>
    /// <exception cref="IOException">The file exists and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the right to read the file.</exception>
    public static bool IsIn(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return Read(root) is not null;
    }

    private static string? Read(string root) =>
        SmallFile.TextOrNull(Path.Combine(root, "etc", "machine-id")) is { Length: Length } id && id.All(char.IsAsciiHexDigitLower)
            ? id
            : null;
}
