using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.Testing;

/// <summary>An ndctl that prints what it is told to. The text goes through the real parser.</summary>
public sealed class FakeNdctlRunner : INdctlRunner
{
    private string output;

    /// <summary>An ndctl that prints a text.</summary>
    /// <param name="output">What <c>ndctl list -N -v</c> is to print; null for the namespaces of <see cref="SampleDevices.AllModesJson"/>.</param>
    public FakeNdctlRunner(string? output = null) => this.output = output ?? SampleDevices.AllModesJson;

    /// <summary>How often it was asked.</summary>
    public int Calls { get; private set; }

    /// <summary>What it prints from now on.</summary>
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
