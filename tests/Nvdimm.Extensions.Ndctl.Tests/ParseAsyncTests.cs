using System.Text;

namespace Nvdimm.Extensions.Ndctl.Tests;

public sealed class ParseAsyncTests
{
    [TestCaseSource(typeof(Captures), nameof(Captures.AsVdsmLists))]
    public async Task ParseAsync_IsAsParse(string capture)
    {
        var bytes = Captures.Bytes(capture);
        using var stream = new AsyncOnlyStream(bytes);
        Assert.That(await NdctlParser.ParseAsync(stream), Is.EqualTo(NdctlParser.Parse(bytes)));
    }

    /// <summary>Texts whose ends fall before, on and behind the borders of a block.</summary>
    [TestCase((16 << 10) - 1)]
    [TestCase(16 << 10)]
    [TestCase((16 << 10) + 1)]
    [TestCase(100_000)]
    public async Task ParseAsync_LongText(int length)
    {
        var bytes = Encoding.UTF8.GetBytes("[{\"dev\":\"namespace0.0\",\"name\":\"\u00e9\"}]".PadLeft(length));
        using var stream = new AsyncOnlyStream(bytes);
        var listing = await NdctlParser.ParseAsync(stream);
        Assert.That(listing.Devices.Single().Label, Is.EqualTo("\u00e9"));
        Assert.That(listing, Is.EqualTo(NdctlParser.Parse(bytes)));
        Assert.That(stream.CanRead, Is.True, "the stream stays open");
    }

    [Test]
    public void ParseAsync_Cancelled()
    {
        using var stream = new AsyncOnlyStream([]);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.That(
            async () => await NdctlParser.ParseAsync(stream, source.Token),
            Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(source.Token));
    }

    [Test]
    public void ParseAsync_NoStream() =>
        Assert.That(() => NdctlParser.ParseAsync(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("utf8"));

    [Test]
    public void Listing_ToString_HasItsParameters() => Assert.That(
        $"{NdctlParser.Parse("[]")}",
        Is.EqualTo("NdctlListing { Devices = [], Findings = [], Shape = Empty, IsComplete = True }"));

    /// <summary>A stream that refuses to be read synchronously, as the body of a request in ASP.NET Core does.</summary>
    private sealed class AsyncOnlyStream(byte[] bytes) : MemoryStream(bytes)
    {
        private readonly MemoryStream inner = new(bytes);

        public override int Read(byte[] buffer, int offset, int count) => throw Disallowed();

        public override int Read(Span<byte> buffer) => throw Disallowed();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return inner.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
        }

        private static InvalidOperationException Disallowed() => new("Synchronous operations are disallowed");
    }
}
