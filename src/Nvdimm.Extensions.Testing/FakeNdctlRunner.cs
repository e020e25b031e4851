using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.Testing;

/// <summary>
/// A runner for tests that prints a given text instead of running ndctl. The real parser reads the text. Not safe for use by several
/// threads.
/// </summary>
public sealed class FakeNdctlRunner : INdctlRunner
{
    private string output;

    /// <summary>Creates a runner that prints a text.</summary>
    /// <param name="output">
    /// The output of <c>ndctl list -N -v</c>; null for the namespaces of <see cref="SampleDevices.AllModesJson"/>.
    /// </param>
    public FakeNdctlRunner(string? output = null) => this.output = output ?? SampleDevices.AllModesJson;

    /// <summary>The number of listings so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Sets the text to print from now on.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public void Print(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        output = text;
    }

    /// <inheritdoc/>
    public Task<NdctlListing> ListAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls++;
        return Task.FromResult(NdctlParser.Parse(output));
    }
}
