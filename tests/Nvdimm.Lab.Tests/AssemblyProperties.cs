// A guest without KVM takes one core; the lab is to run on two.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(2)]
