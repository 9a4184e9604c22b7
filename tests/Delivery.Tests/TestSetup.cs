// The tests build, each with all processors.
[assembly: DoNotParallelize]
