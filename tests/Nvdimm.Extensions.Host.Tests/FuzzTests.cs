using Nvdimm.Fuzzing.Shared;
using Nvdimm.Fuzzing.Targets;

namespace Nvdimm.Extensions.Host.Tests;

/// <summary>The inputs that <c>build/fuzz.sh</c> has kept, and some new ones.</summary>
[TestFixture("ledger")]
[TestFixture("fingerprint")]
[TestFixture("labels")]
[TestFixture("content")]
public sealed class FuzzTests(string name) : IDisposable
{
    private const int Mutations = 3000;

    private readonly FuzzTarget target = name switch
    {
        "ledger" => new LedgerTarget(),
        "fingerprint" => new FingerprintTarget(),
        "labels" => new LabelsTarget(),
        _ => new ContentTarget(),
    };

    [Test]
    public void Read_EveryKeptInput_HoldsWhatMustHold() => Assert.That(FuzzReplay.Corpus(target), Is.Positive);

    [Test]
    public void Read_Mutations_HoldWhatMustHold() => FuzzReplay.Mutations(target, seed: 1, Mutations);

    public void Dispose() => (target as IDisposable)?.Dispose();
}
