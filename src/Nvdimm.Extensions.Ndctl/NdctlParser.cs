using System.Text;
using Newtonsoft.Json;
using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>
/// Reads the output of <c>ndctl list</c> of every version and shape: nothing at all, an array of namespaces, buses and regions with
/// namespaces inside, or a single object. Safe for use by several threads.
/// </summary>
/// <remarks>
/// Bad input never throws: it becomes findings, and a bad namespace does not affect the others. The limits below bound the memory.
/// </remarks>
public static class NdctlParser
{
    /// <summary>The longest input, in characters: 256 Mi. A namespace takes about 400.</summary>
    public const long MaximumCharacters = 256L << 20;

    /// <summary>
    /// The longest single text or number, in characters: 64 Ki. Up to 32 Ki are read wherever they stand; a longer one only if it fits into
    /// the buffer with what stands before it.
    /// </summary>
    public const int MaximumTokenCharacters = 64 << 10;

    /// <summary>The largest number of objects and other entries in one listing: 256 Ki. A devdax namespace counts as two.</summary>
    public const int MaximumEntries = 256 << 10;

    /// <summary>
    /// The largest number of findings about keys and values in one listing: 10,000. Findings about whole entries, such as one without a
    /// name, are limited by <see cref="MaximumEntries"/>.
    /// </summary>
    public const int MaximumFindings = 10_000;

    /// <summary>The deepest nesting: 32. ndctl prints at most 10 levels.</summary>
    public const int MaximumDepth = 32;

    /// <summary>Reads a listing from a text.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public static NdctlListing Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var text = new StringReader(json);
        return Parse(text);
    }

    /// <summary>Reads a listing from UTF-8 bytes. Bytes that are not valid UTF-8 become U+FFFD and a finding.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="utf8"/> is null.</exception>
    public static NdctlListing Parse(byte[] utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        using var stream = new MemoryStream(utf8, writable: false);
        return Parse(stream);
    }

    /// <summary>
    /// Reads a listing from a stream of UTF-8 to its end, and leaves the stream open. Bytes that are not valid UTF-8 become U+FFFD and a
    /// finding.
    /// </summary>
    /// <exception cref="ArgumentNullException"><paramref name="utf8"/> is null.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <example>
    /// <code>
    /// using var file = File.OpenRead("list-N-v.json");
    /// var listing = NdctlParser.Parse(file);
    /// foreach (var finding in listing.AllFindings)
    /// {
    ///     Console.WriteLine(finding);
    /// }
    /// </code>
    /// </example>
    public static NdctlListing Parse(Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        using var text = Reader(utf8);
        return Parse(text);
    }

    /// <summary>
    /// As <see cref="Parse(Stream)"/>, but reads the stream asynchronously, as the body of an HTTP request must be read. It holds the whole
    /// text in memory before it parses it: two bytes for each character, at most 512 MiB.
    /// </summary>
    /// <param name="utf8">The stream.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="ArgumentNullException"><paramref name="utf8"/> is null.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static Task<NdctlListing> ParseAsync(Stream utf8, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        return ReadAndParseAsync(utf8, cancellationToken);
    }

    private static async Task<NdctlListing> ReadAndParseAsync(Stream utf8, CancellationToken cancellationToken)
    {
        using var reader = Reader(utf8);
        using var text = await BufferedText.ReadAsync(reader, MaximumCharacters, cancellationToken).ConfigureAwait(false);
        return Parse(text);
    }

    private static StreamReader Reader(Stream utf8) =>
        new(utf8, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 16 << 10, leaveOpen: true);

    private static NdctlListing Parse(TextReader text)
    {
        var names = new KeyNames();
        using var json = new JsonTextReader(new StrictJsonText(text, MaximumCharacters))
        {
            ArrayPool = new TokenBuffers(MaximumTokenCharacters),
            DateParseHandling = DateParseHandling.None,
            MaxDepth = MaximumDepth,
            PropertyNameTable = names,
        };
        var reader = new ListingReader(json, names, new ReadingBudget(MaximumEntries, MaximumFindings));
        var fault = Read(reader, json);
        return ListingMapper.Map(reader, fault);
    }

    private static Finding? Read(ListingReader reader, JsonTextReader json)
    {
        try
        {
            reader.Read();
            return null;
        }
        catch (RejectedInputException rejected)
        {
            return rejected.Finding;
        }
        catch (TokenTooLongException)
        {
            var detail = $"a text of more than {MaximumTokenCharacters / 2} characters";
            return Fault(NvdimmCodes.NdctlTooLarge, detail, json.LineNumber, json.LinePosition);
        }
        catch (JsonReaderException malformed)
        {
            return Fault(NvdimmCodes.NdctlMalformed, malformed.Message, malformed.LineNumber, malformed.LinePosition);
        }
    }

    private static Finding Fault(string code, string detail, int line, int position) =>
        Finding.Error(code, ("detail", detail), ("line", $"{line}"), ("position", $"{position}"));
}
