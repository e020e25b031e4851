using Nvdimm.Fuzzing.Shared;
using Nvdimm.Fuzzing.Targets;

namespace Nvdimm.Extensions.Ndctl.Tests;

/// <summary>The inputs that <c>build/fuzz.sh</c> has kept, and some new ones.</summary>
public sealed class FuzzTests
{
    private const int Mutations = 3000;

    private readonly NdctlTarget target = new();

    [Test]
    public void Read_EveryKeptInput_HoldsWhatMustHold() => Assert.That(FuzzReplay.Corpus(target), Is.Positive);

    [Test]
    public void Read_Mutations_HoldWhatMustHold() => FuzzReplay.Mutations(target, seed: 1, Mutations);
}
