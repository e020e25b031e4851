using System.Text;

namespace Nvdimm.Cli.Input;

/// <summary>Reads a file as one text, such as domain XML.</summary>
internal static class DomainFile
{
    /// <summary>One character above the domain editor's limit, so that the editor itself refuses a file that is too large.</summary>
    private const int MaximumCharacters = (16 << 20) + 1;

    /// <summary>
    /// Reads a file, or standard input for <c>-</c>. Reads at most <paramref name="maximum"/> characters, by default just above the limit
    /// of the domain editor.
    /// </summary>
    /// <exception cref="BadInputException">The file cannot be read, or is not UTF-8.</exception>
    public static Task<string> ReadAsync(
        ToolEnvironment environment, string path, CancellationToken cancellationToken, int maximum = MaximumCharacters) =>
        InputFiles.ReadAsync(environment, path, utf8 => Read(utf8, InputFiles.NameOf(path), maximum), cancellationToken);

    private static string Read(Stream utf8, string name, int maximum)
    {
        using var reader = new StreamReader(
            utf8, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var text = new StringBuilder();
        var chunk = new char[64 << 10];
        try
        {
            for (var read = reader.Read(chunk); read > 0 && text.Length < maximum; read = reader.Read(chunk))
            {
                text.Append(chunk, 0, Math.Min(read, maximum - text.Length));
            }
        }
        catch (DecoderFallbackException notUtf8)
        {
            throw new BadInputException($"{name}: it is not UTF-8", notUtf8);
        }

        return text.ToString();
    }
}
