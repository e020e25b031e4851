using System.CommandLine;
using Nvdimm.Fuzzing;
using Nvdimm.Fuzzing.Shared;
using Nvdimm.Fuzzing.Targets;

var targets = new Dictionary<string, Func<FuzzTarget>>(StringComparer.Ordinal)
{
    ["ndctl"] = () => new NdctlTarget(),
    ["domain"] = () => new DomainTarget(),
    ["ledger"] = () => new LedgerTarget(),
    ["fingerprint"] = () => new FingerprintTarget(),
    ["labels"] = () => new LabelsTarget(),
    ["content"] = () => new ContentTarget(),
};

var target = new Argument<string>("target").AcceptOnlyFromAmong([.. targets.Keys]);
var executions = new Option<long>("--executions") { DefaultValueFactory = _ => 100_000 };
var seed = new Option<long>("--seed") { DefaultValueFactory = _ => 1 };
var keep = new Option<bool>("--keep") { Description = "Choose the corpus in tests/TestData/fuzz anew from what was found." };
var run = new Command("run", "Reads mutated inputs.") { target, executions, seed, keep };
run.SetAction(parsed =>
{
    var coverage = new Coverage();
    var chosen = targets[parsed.GetRequiredValue(target)]();
    using var fuzzing = new FuzzRun(chosen, coverage, Path.Combine(TestFiles.RepositoryRoot, "artifacts", "fuzz", chosen.Name));
    var failures = fuzzing.Run(parsed.GetValue(executions), parsed.GetValue(seed));
    if (failures == 0 && parsed.GetValue(keep))
    {
        fuzzing.Keep();
    }

    return failures == 0 ? 0 : 1;
});

var files = new Argument<string[]>("file") { Arity = ArgumentArity.OneOrMore };
var read = new Command("read", "Reads these inputs, such as one that has broken something.") { target, files };
read.SetAction(parsed =>
{
    _ = new Coverage();
    var chosen = targets[parsed.GetRequiredValue(target)]();
    foreach (var file in parsed.GetRequiredValue(files))
    {
        chosen.Execute(File.ReadAllBytes(file));
    }
});

var folder = new Argument<string>("folder");
var instrument = new Command("instrument", "Makes the libraries in a folder count their branches.") { folder };
instrument.SetAction(parsed => Instrumentation.Run(parsed.GetRequiredValue(folder)));

return new RootCommand("Feeds hostile inputs to everything that reads foreign bytes.") { run, read, instrument }.Parse(args).Invoke();
